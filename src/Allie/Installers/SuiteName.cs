namespace Allie.Installers;

/// <summary>A suite of the Debian family by the names that people have for it: bookworm, Bookworm, 12, debian12; noble, 24.04, ubuntu-24.04.</summary>
public static class SuiteName
{
    private static readonly Dictionary<string, string> Debian = new() { ["11"] = "bullseye", ["12"] = "bookworm", ["13"] = "trixie", ["14"] = "forky" };

    private static readonly Dictionary<string, string> Ubuntu = new()
    {
        ["20.04"] = "focal", ["22.04"] = "jammy", ["24.04"] = "noble", ["24.10"] = "oracular", ["25.04"] = "plucky", ["25.10"] = "questing",
    };

    /// <summary>The suite; the text itself, in small letters, when it is no other name of one.</summary>
    public static string Of(string text)
    {
        var name = text.ToLowerInvariant();
        return Debian.GetValueOrDefault(Without(name, "debian")) ?? Ubuntu.GetValueOrDefault(Without(name, "ubuntu")) ?? name;
    }

    private static string Without(string name, string family) => name.StartsWith(family, StringComparison.Ordinal) ? name[family.Length..].TrimStart('-', ' ') : name;
}
