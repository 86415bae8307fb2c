using System.Text.RegularExpressions;

namespace Allie.Boot.Grub;

/// <summary>What the distribution's grub.cfg and grubenv tell; both are only read.</summary>
/// <param name="DefaultIndex">
/// The index of the entry that is booted without us, for GRUB's fallback, which takes only indexes; null where it cannot be known (entries made
/// at boot by blscfg, in a submenu, or under a condition).
/// </param>
/// <param name="ChecksSignatures">check_signatures=enforce: GRUB reads no unsigned file.</param>
public sealed partial record GrubMenu(int? DefaultIndex, bool ChecksSignatures)
{
    public static readonly GrubMenu Unknown = new(null, false);

    public static GrubMenu Parse(string grubCfg, string grubEnv)
    {
        var signatures = Enforced().IsMatch(grubCfg) || GrubEnv.Parse(grubEnv)["check_signatures"] == "enforce";
        return new(Index(grubCfg, GrubEnv.Parse(grubEnv)), signatures);
    }

    private static int? Index(string text, GrubEnv env)
    {
        if (Made().IsMatch(text))
        {
            return null;
        }

        var wanted = Saved().IsMatch(text) ? env["saved_entry"] : Fixed().Match(text) is { Success: true } found ? found.Groups[1].Value : "0";
        var entries = TopLevel(text);
        var index = wanted.Length == 0 ? 0 : int.TryParse(wanted, out var number) ? number : entries.FindIndex(e => e.Id == wanted || e.Title == wanted);
        return index >= 0 && index < entries.Count && entries.Take(index + 1).All(e => e.IsPlain) ? index : null;
    }

    /// <summary>Entries outside every block. One under "if" makes the indexes after it uncertain; a submenu cannot be booted itself.</summary>
    private static List<(string Title, string Id, bool IsPlain)> TopLevel(string text)
    {
        var found = new List<(string, string, bool)>();
        var (braces, conditions) = (0, 0);
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => !l.StartsWith('#')))
        {
            if (braces == 0 && Entry().Match(line) is { Success: true } entry)
            {
                found.Add((entry.Groups["title"].Value, entry.Groups["id"].Value, conditions == 0 && entry.Groups["kind"].Value == "menuentry"));
            }

            conditions += line.StartsWith("if ", StringComparison.Ordinal) ? 1 : 0;
            conditions -= line == "fi" || line.EndsWith("; fi", StringComparison.Ordinal) ? 1 : 0;
            braces += line.EndsWith('{') ? 1 : 0;
            braces -= line == "}" ? 1 : 0;
        }

        return found;
    }

    [GeneratedRegex("""^(?<kind>menuentry|submenu) +(['"])(?<title>.*?)\1.*?(?:(?:--id|\$menuentry_id_option) +['"]?(?<id>[^'" {]+))?['"]? *\{$""")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\s*(blscfg|for .* in .*menuentry)", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex("""^\s*set default="?\$\{?saved_entry""", RegexOptions.Multiline)]
    private static partial Regex Saved();

    [GeneratedRegex("""^\s*set default="?([^"$\n]+)"?""", RegexOptions.Multiline)]
    private static partial Regex Fixed();

    [GeneratedRegex(@"check_signatures=""?enforce")]
    private static partial Regex Enforced();
}
