using System.Text.RegularExpressions;
using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Network;

/// <summary>
/// netplan. What an installer wrote for one card goes, and one file for any card takes its place; what an administrator wrote is edited as
/// text, line by line. A file that leaves everything to NetworkManager is enough by itself.
/// </summary>
public sealed partial class NetplanRule(StaticNetwork policy) : IRule
{
    private static readonly PathPattern Files = PathPattern.Parse("etc/netplan/*.yaml");
    private static readonly ImagePath Ours = ImagePath.Of("etc/netplan/90-allie.yaml");

    public string Op => "netplan";

    public RuleAbout About { get; } = new(
        "files that an installer wrote for one card become one for any card, by DHCP; addresses of cards go from others",
        "another PC's card has another name: no network", RuleClass.Hardware);

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var files = Files.Match(tree).Select(f => f.Path).Where(p => p != Ours && tree.Text(p) is not null).ToList();
        var made = files.Where(p => Installers().IsMatch(p.Name) && !(policy == StaticNetwork.Keep && IsFixed(tree, p))).ToList();
        var dropped = policy == StaticNetwork.Drop ? files.Where(p => IsFixed(tree, p)).ToList() : [];
        foreach (var path in made.Union(dropped))
        {
            yield return new(Op, path, TreeAction.Delete, About.Why) { Before = tree.Text(path) };
        }

        foreach (var path in files.Except(made).Except(dropped))
        {
            var before = tree.Text(path)!;
            var after = Rewrite(before);
            if (after != before)
            {
                yield return new(Op, path, TreeAction.Write, "names one PC's card") { Before = before, After = after };
            }

            if (policy == StaticNetwork.Dhcp && IsFixed(tree, path))
            {
                yield return new(Op, path, TreeAction.Report, "has a fixed address: every PC would use it");
            }
        }

        if (made.Except(dropped).Any() && files.All(p => p.Name != "01-network-manager-all.yaml") && tree.Find(Ours) is null)
        {
            var renderer = made.Select(p => Renderer().Match(tree.Text(p)!)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
            yield return new(Op, Ours, TreeAction.Write, "any card, by DHCP") { After = ForAnyCard(renderer), Permissions = 0x180 };
        }
    }

    /// <summary>Those of name servers are no addresses of the PC.</summary>
    private static bool IsFixed(ITreeView tree, ImagePath file)
    {
        var lines = tree.Text(file)!.Split('\n');
        return lines.Where((line, i) => Addresses().IsMatch(line) && Above(lines, i)?.Trim() != "nameservers:").Any();
    }

    /// <summary>The line that another one belongs to: the nearest before it at less depth.</summary>
    private static string? Above(string[] lines, int at) => lines.Take(at).LastOrDefault(l => l.Trim().Length > 0 && Depth(l) < Depth(lines[at]));

    public static string Rewrite(string text)
    {
        var inline = InlineMatch().Replace(text, "$1{name: \"e*\"}");
        return LineEdit.Each(inline, line => Hardware().Match(line) is not { Success: true } found ? line
            : found.Groups[2].Value == "macaddress" && IsUnderMatch(inline, line) ? $"{found.Groups[1].Value}name: \"e*\""
            : null);
    }

    private static string ForAnyCard(string? renderer) =>
        "network:\n  version: 2\n" + (renderer is null ? "" : $"  renderer: {renderer}\n")
        + "  ethernets:\n    any:\n      match:\n        name: \"e*\"\n      dhcp4: true\n      dhcp6: true\n      optional: true\n";

    /// <summary>The line above it, at less depth, is "match:": without another key there it would match nothing that netplan accepts.</summary>
    private static bool IsUnderMatch(string text, string line)
    {
        var lines = text.Split('\n');
        var at = Array.IndexOf(lines, line);
        var depth = Depth(line);
        for (var i = at - 1; i >= 0; i--)
        {
            if (lines[i].Trim().Length > 0 && Depth(lines[i]) < depth)
            {
                return lines[i].Trim() == "match:" && !Siblings(lines, i, depth).Any(l => l.StartsWith("name:", StringComparison.Ordinal) || l.StartsWith("driver:", StringComparison.Ordinal));
            }
        }

        return false;
    }

    private static IEnumerable<string> Siblings(string[] lines, int head, int depth) =>
        lines.Skip(head + 1).TakeWhile(l => l.Trim().Length == 0 || Depth(l) >= depth).Where(l => Depth(l) == depth).Select(l => l.Trim());

    private static int Depth(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex("^(00-installer-config.*|50-cloud-init|90-NM-.*)\\.yaml$")]
    private static partial Regex Installers();

    [GeneratedRegex("^\\s*renderer:\\s*\"?(\\w+)", RegexOptions.Multiline)]
    private static partial Regex Renderer();

    [GeneratedRegex("^(\\s*)(macaddress|set-name|dhcp-identifier):\\s*\\S.*$")]
    private static partial Regex Hardware();

    [GeneratedRegex("(\\bmatch:\\s*)\\{[^}\\n]*macaddress[^}\\n]*\\}")]
    private static partial Regex InlineMatch();

    [GeneratedRegex("^\\s*addresses:", RegexOptions.Multiline)]
    private static partial Regex Addresses();
}
