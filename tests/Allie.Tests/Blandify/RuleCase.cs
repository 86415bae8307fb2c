using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Blandify.Rules.Identity;
using Allie.Blandify.Rules.Network;

namespace Allie.Tests.Blandify;

/// <summary>
/// A file of cases/: a small tree, the rules that look at it, and what must come of it. Lines before the first block are "op:", "label:",
/// "op: all" for all rules, "absent:", "with:", "fstype:", "static:", "machine-id:", "keep-mount:", "note:" (a note that must be there), "mode:" and "pad:". A block begins with "&lt;&lt;&lt; PATH" (before)
/// or "&gt;&gt;&gt; PATH" (after), with " -> TARGET" for a link and " absent" for what must be gone. \t, \r and \xNN are those bytes; a '\' at the end of a
/// block takes the last line end away. What no after-block names must be as it was.
/// </summary>
internal sealed partial record RuleCase(string Name, RuleOptions Options, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string?> Changed)
{
    internal IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>All rules look, and only what after-blocks name is compared.</summary>
    internal bool IsAll { get; private init; }

    /// <summary>What no text and no name may hold afterwards, but for lines that were made comments.</summary>
    internal IReadOnlyList<string> Absent { get; private init; } = [];

    internal IReadOnlyList<(string Path, string Mode)> Modes { get; private init; } = [];

    internal IReadOnlyDictionary<string, string> After =>
        Before.Where(f => !Changed.ContainsKey(f.Key)).Concat(Changed.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!))).ToDictionary(StringComparer.Ordinal);

    internal static IReadOnlyList<string> Names => [.. Directory.GetFiles(Home(), "*.case").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    internal static string Home([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "cases");

    internal static IReadOnlyList<string> Ops => [.. RuleSet.All(new("x"), CapturedPc.Of(new MemoryTree())).Select(r => r.Op)];

    internal static RuleCase Read(string name)
    {
        var blocks = Regex.Split(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Home(), name + ".case"))), "^(?=<<< |>>> )", RegexOptions.Multiline);
        var head = blocks[0].Split('\n').Where(l => l.Contains(": ")).Select(l => l.Split(": ", 2)).ToLookup(l => l[0], l => l[1]);
        var (before, changed) = (new Dictionary<string, string>(), new Dictionary<string, string?>());
        foreach (var block in blocks[1..])
        {
            var title = block[4..block.IndexOf('\n')];
            var text = Unescape(block[(block.IndexOf('\n') + 1)..]);
            var (path, content) = title.EndsWith(" absent", StringComparison.Ordinal) ? (title[..^" absent".Length], null)
                : title.Split(" -> ") is [var link, var target] ? (link, "-> " + target) : (title, text);
            if (head["pad"].SingleOrDefault()?.Split(' ') is [var padded, var size] && padded == path)
            {
                content = content!.PadRight(int.Parse(size), '#');
            }

            if (block[0] == '<')
            {
                before.Add(path, content!);
            }
            else
            {
                changed.Add(path, content);
            }
        }

        var isAll = head["op"].Single() == "all";
        var ops = isAll ? [] : head["op"].Single().Split(' ').ToHashSet();
        var options = new RuleOptions(head["label"].SingleOrDefault() ?? "f42")
        {
            With = head["with"].SelectMany(w => w.Split(' ')).Concat(ops).ToHashSet(),
            FileSystem = head["fstype"].SingleOrDefault(),
            StaticNetwork = Enum.Parse<StaticNetwork>(head["static"].SingleOrDefault() ?? "dhcp", ignoreCase: true),
            MachineId = Enum.Parse<MachineIdState>(head["machine-id"].SingleOrDefault() ?? "empty", ignoreCase: true),
            KeptMounts = head["keep-mount"].Select(k => k.Split('=', 2)).ToDictionary(k => k[0], k => k[1]),
        };
        return new(name, isAll ? options : options with { Without = Ops.Where(o => !options.With.Contains(o)).ToHashSet() }, before, changed)
        {
            IsAll = isAll,
            Absent = [.. head["absent"]],
            Notes = [.. head["note"]],
            Modes = [.. head["mode"].Select(m => (m.Split(' ')[0], m.Split(' ')[1]))],
        };
    }

    internal MemoryTree Tree() => new([.. Before.Select(f => (f.Key, f.Value))]);

    private static string Unescape(string text) =>
        Escape().Replace(text.EndsWith("\\\n", StringComparison.Ordinal) ? text[..^2] : text, m => m.Value switch
        {
            "\\t" => "\t",
            "\\r" => "\r",
            var hex => ((char)Convert.ToByte(hex[2..], 16)).ToString(),
        });

    [GeneratedRegex(@"\\t|\\r|\\x[0-9a-f]{2}")]
    private static partial Regex Escape();
}
