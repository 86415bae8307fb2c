using System.Text;
using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Overlays;

/// <summary>
/// The root file system of an image on this PC. One overlay's etc/fstab is for every PC, but where two generations of an image are on one, prep has labelled the
/// second NAME~2. So the root line names the label that is there, in what personalise writes and in what every later apply wants: these two must never differ.
/// </summary>
/// <param name="Image">The image's name.</param>
/// <param name="Label">Of the file system that the image is on.</param>
/// <param name="Type">ext4; empty where it cannot be told.</param>
public sealed partial record RootLabel(string Image, string Label, string Type)
{
    public static readonly ImagePath Fstab = ImagePath.Of("etc/fstab");

    /// <summary>NAME or NAME~2 to ~9: prep has made it. Another label is none of our making, and its fstab stays as it is.</summary>
    public bool IsOurs => Image.Length > 0 && (Label == Image || (Label.StartsWith(Image, StringComparison.Ordinal) && Another().IsMatch(Label[Image.Length..])));

    /// <summary>An overlay's fstab as it is to be here; where it names the label already, byte for byte as it is.</summary>
    public byte[] Adapt(byte[] fstab) =>
        IsOurs ? Encoding.Latin1.GetBytes(Personalise.Fstab.WithRoot(Encoding.Latin1.GetString(fstab), Label, Type)) : fstab;

    [GeneratedRegex("^~[2-9]$")]
    private static partial Regex Another();
}
