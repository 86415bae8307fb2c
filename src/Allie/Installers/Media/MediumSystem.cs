using System.Globalization;
using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Installers.Lint;

namespace Allie.Installers.Media;

/// <summary>Which system an installer's medium holds, by the file on it that says so.</summary>
/// <param name="Name">As it names itself: Fedora 42, Debian GNU/Linux 12.5.0.</param>
/// <param name="Reads">The kind of file that its installer reads.</param>
/// <param name="Release">F42, EL9, bookworm, noble; null: it does not say, or it is none that we know.</param>
public sealed partial record MediumSystem(string Name, InstallerFileKind Reads, string? Release)
{
    private const string TreeInfo = "/.treeinfo", DiscInfo = "/.discinfo", DiskInfo = "/.disk/info";

    /// <summary>The one that says most first: Fedora and EL; Debian and Ubuntu.</summary>
    public static readonly IReadOnlyList<string> Files = [TreeInfo, DiscInfo, DiskInfo];

    /// <summary>Null: a system that is not known here, so nothing can be said against any file.</summary>
    public static MediumSystem? Of(string path, string text) => path switch
    {
        TreeInfo => Anaconda($"{Family().Match(text).Groups[1].Value.Trim()} {Version().Match(text).Groups[1].Value}".Trim()),
        DiscInfo => Anaconda(text.Split('\n').ElementAtOrDefault(1)?.Trim() ?? ""),
        _ => Debian(text.Split('\n')[0].Trim()),
    };

    /// <exception cref="UserError">Exit 2: the medium's installer does not read such a file, or it is of another release.</exception>
    public void Require(string file, InstallerFileKind kind, string? release)
    {
        if (kind != Reads)
        {
            throw UserError.Refused($"{file} is {Word(kind)} file, and the medium holds {Name}, whose installer reads {Word(Reads)} file", $"make one for it: allie installer {Reads.ToString().ToLowerInvariant()}");
        }

        if (release is not null && Release is not null && release != Release)
        {
            throw UserError.Refused($"{file} is made for {release}, and the medium holds {Name}", $"make one for it: allie installer {Reads.ToString().ToLowerInvariant()} --release {Release}; or take a medium of {release}");
        }
    }

    /// <summary>Which release a file is made for, in the same words; null: it does not say.</summary>
    public static string? ReleaseOf(InstallerFileKind kind, string text) => kind switch
    {
        InstallerFileKind.Kickstart => InstallerRelease.OfHeader(text)?.ToString(),
        InstallerFileKind.Preseed => Suite().Match(text) is { Success: true } suite && Preseed.Suites.Contains(suite.Groups[1].Value) ? suite.Groups[1].Value : null,
        _ => null,
    };

    private static string Word(InstallerFileKind kind) => kind switch { InstallerFileKind.Kickstart => "a kickstart", InstallerFileKind.Preseed => "a preseed", _ => "an autoinstall" };

    /// <summary>The rebuilds of EL are many; a name that we do not know has no release, but the same installer.</summary>
    private static MediumSystem Anaconda(string name)
    {
        var number = Number().Match(name);
        var family = name.StartsWith("Fedora", StringComparison.OrdinalIgnoreCase) ? "F" : El().IsMatch(name) ? "EL" : null;
        return new(name.Any(char.IsAsciiLetter) ? name : $"a system of the Fedora family {name}".TrimEnd(), InstallerFileKind.Kickstart, family is not null && number.Success ? family + number.Groups[1].Value : null);
    }

    /// <summary>Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST ..., Ubuntu-Server 24.04.1 LTS "Noble Numbat" - Release amd64 ...</summary>
    private static MediumSystem? Debian(string line)
    {
        var name = line.Split('"')[0].Trim();
        var suite = CodeName().Match(line) is { Success: true } code ? code.Groups[1].Value.ToLowerInvariant() : null;
        return line.StartsWith("Debian", StringComparison.Ordinal) ? new(name, InstallerFileKind.Preseed, suite)
            : line.StartsWith("Ubuntu", StringComparison.Ordinal) && Number().Match(name) is { Success: true } year
                ? new(name, int.Parse(year.Groups[1].Value, CultureInfo.InvariantCulture) >= 20 ? InstallerFileKind.Autoinstall : InstallerFileKind.Preseed, suite)
            : null;
    }

    [GeneratedRegex(@"^family\s*=(.*)$", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"^version\s*=\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex(@"(?:^|[\s])([0-9]{1,2})(?:\.|\s|$)")]
    private static partial Regex Number();

    [GeneratedRegex("^(Red Hat Enterprise Linux|RHEL|CentOS|Rocky|AlmaLinux|Alma Linux|Oracle Linux|Scientific)", RegexOptions.IgnoreCase)]
    private static partial Regex El();

    [GeneratedRegex("\"([A-Za-z]+)")]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^d-i\s+mirror/suite\s+string\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex Suite();
}
