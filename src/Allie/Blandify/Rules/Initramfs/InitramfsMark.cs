using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>
/// Names each initramfs of an image that was made for one PC and that personalising makes anew; left by --initramfs rebuild and generic, gone from a slot once
/// it is done. A capture never brings one along.
/// </summary>
public static partial class InitramfsMark
{
    public static readonly ImagePath File = ImagePath.Of("var/lib/allie/initramfs");

    private const string Head = "# Made for one PC: allie prep makes them anew on each PC, by the image's own tool.\n";

    public static string Format(IEnumerable<ImagePath> paths) => Head + string.Concat(paths.OrderBy(p => p).Select(p => p.Raw + "\n"));

    /// <summary>What is no place of an initramfs is passed over: the mark opens the gate before publish for what it names.</summary>
    public static IReadOnlyList<ImagePath> Parse(string? text) =>
        [.. (text ?? "").Split('\n').Where(l => Place().IsMatch(l)).Select(ImagePath.FromRaw).Where(IsPlace)];

    /// <summary>A name that can be written as one line, and given to a tool as it is.</summary>
    internal static bool IsPlace(ImagePath path) => Place().IsMatch(path.Raw);

    [GeneratedRegex(@"^boot/(?:initramfs-[\w.+~-]+\.img|initrd(?:\.img)?-[\w.+~-]+|(?:efi/)?[0-9a-f]+/[\w.+~-]+/initrd)\z", RegexOptions.ECMAScript)]
    private static partial Regex Place();
}
