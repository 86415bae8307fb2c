using System.Globalization;
using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Images;

/// <summary>An image as people type it: NAME (its current generation, or its work tree where a verb says so), NAME@3, NAME@TAG, NAME@work.</summary>
public sealed partial record ImageReference(string Name, string? At)
{
    /// <summary>The word for the work tree; no tag may be called so.</summary>
    public const string Work = "work";

    public bool IsWork => At == Work;

    /// <exception cref="UserError">Exit 2.</exception>
    public static ImageReference Parse(string text)
    {
        var cut = text.IndexOf('@');
        return cut < 0 ? new(ImageName.Check(text), null) : new(ImageName.Check(text[..cut]), text[(cut + 1)..]);
    }

    /// <summary>The generation's number when one was typed.</summary>
    public int? Number => int.TryParse(At, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <exception cref="UserError">Exit 2, with the rule.</exception>
    public static string CheckTag(string tag) => Tag().IsMatch(tag) && tag is not (Work or "current")
        ? tag
        : throw UserError.Refused($"'{tag}' cannot be a tag", "1 to 32 of a-z 0-9 . _ -, beginning with a letter; not 'work' and not 'current'");

    public override string ToString() => At is null ? Name : $"{Name}@{At}";

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,31}$")]
    private static partial Regex Tag();
}
