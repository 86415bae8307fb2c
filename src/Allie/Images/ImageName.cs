using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Images;

/// <summary>An image's name: at most 12 characters, because it is also the file-system label (the limit of XFS).</summary>
public static partial class ImageName
{
    public const int MostCharacters = 12;

    private static readonly string[] Reserved = ["all", "group", "host"];

    public static bool IsOne(string name) => Rule().IsMatch(name) && !Reserved.Contains(name);

    /// <exception cref="UserError">Exit 2, with the rule.</exception>
    public static string Check(string name)
    {
        if (!Rule().IsMatch(name))
        {
            throw UserError.Refused(
                $"'{name}' cannot be an image's name", "1 to 12 of a-z 0-9 . _ -, beginning with a letter or digit, as it is also the file-system label");
        }

        return Reserved.Contains(name)
            ? throw UserError.Refused($"'{name}' cannot be an image's name", "all, group and host are overlay directories; choose another")
            : name;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,11}$")]
    private static partial Regex Rule();
}
