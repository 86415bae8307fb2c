using System.Text.RegularExpressions;
using Allie.Blandify.Rules.Identity;
using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Rules.Network;
using Allie.Config;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Table;

/// <summary>One file of rules: a table of ours, or a file of the site in /etc/allie/blandify.d.</summary>
/// <param name="Rules">In the order of the file.</param>
/// <param name="On">Rules that it switches on.</param>
/// <param name="Off">Rules that it switches off.</param>
/// <param name="Settings">The options with what the file says of labels, addresses and the like.</param>
public sealed record RuleFile(IReadOnlyList<DataRule> Rules, IReadOnlyList<string> On, IReadOnlyList<string> Off, Func<RuleOptions, RuleOptions> Settings)
{
    private static readonly string[] Classes = Names<RuleClass>();
    private static readonly string[] Defaults = Names<RuleDefault>();

    /// <exception cref="UserError">Exit 2, with file, line and column: no TOML, an unknown key, a value that cannot be.</exception>
    public static RuleFile Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var names = values.TablesBelow("rule");
        var read = new RuleFile([.. names.Select(n => Rule(values, n))], values.Texts("on", []), values.Texts("off", []), Set(values));
        values.RefuseUnknown();
        return read;
    }

    private static Func<RuleOptions, RuleOptions> Set(TomlValues values)
    {
        string? Text(string key) => values.Text(key, "") is { Length: > 0 } text ? text : null;
        string? Label(string key) => Text(key) is { } text ? Placed(values, key, () => RuleOptions.CheckLabel(text)) : null;
        var (swap, boot, type) = (Label("swap-label"), Label("boot-label"), Text("fstype"));
        var mounts = values.Texts("keep-mounts", []);
        var kept = mounts.Count == 0 ? null : Placed(values, "keep-mounts", () => mounts.Select(RuleOptions.CheckMount).ToDictionary(m => m.Key, m => m.Value));
        StaticNetwork? fixedAddresses = Text("static") is null ? null : (StaticNetwork)Word(values, "static", Names<StaticNetwork>(), 0);
        MachineIdState? machineId = Text("machine-id") is null ? null : (MachineIdState)Word(values, "machine-id", Names<MachineIdState>(), 0);
        InitramfsCure? cure = Text("initramfs") is null ? null : (InitramfsCure)Word(values, "initramfs", Names<InitramfsCure>(), 0);
        return options => options with
        {
            SwapLabel = swap ?? options.SwapLabel,
            BootLabel = boot ?? options.BootLabel,
            FileSystem = type ?? options.FileSystem,
            KeptMounts = kept ?? options.KeptMounts,
            StaticNetwork = fixedAddresses ?? options.StaticNetwork,
            MachineId = machineId ?? options.MachineId,
            Initramfs = cure ?? options.Initramfs,
        };
    }

    private static DataRule Rule(TomlValues values, string name)
    {
        string Key(string key) => $"rule.{name}.{key}";
        if (!Regex.IsMatch(name, "^[a-z0-9][a-z0-9-]*$"))
        {
            throw UserError.Refused($"cannot use rule name '{name}'", "small letters, digits and '-'");
        }

        var about = new RuleAbout(
            values.Text(Key("does"), ""), values.Text(Key("why"), "a rule of this site"),
            (RuleClass)Word(values, Key("class"), Classes, (int)RuleClass.Hygiene), (RuleDefault)Word(values, Key("default"), Defaults, (int)RuleDefault.On));
        var rule = new DataRule(name, about)
        {
            When = Patterns(values, Key("when")),
            Unless = Patterns(values, Key("unless")),
            Delete = Patterns(values, Key("delete")),
            Remove = Patterns(values, Key("remove")),
            Empty = Patterns(values, Key("empty")),
            Truncate = Patterns(values, Key("truncate")),
            Report = Patterns(values, Key("report")),
            Keep = Patterns(values, Key("keep")),
            Holding = values.Text(Key("holding"), "") is { Length: > 0 } holding ? Expression(values, Key("holding"), holding) : null,
            In = Patterns(values, Key("in")),
            DropLines = Expressions(values, Key("drop-lines")),
            CommentLines = Expressions(values, Key("comment-lines")),
            DropKeys = values.Texts(Key("drop-keys"), []),
            SetKeys = values.Texts(Key("set"), []),
            Content = values.Text(Key("content"), "\0") is var content and not "\0" ? RawName.FromText(content) : null,
            Make = values.Text(Key("make"), "") is { Length: > 0 } made ? made : null,
            DeleteEmpty = values.Flag(Key("delete-empty"), false),
        };
        return values.Text(Key("does"), "").Length > 0 ? rule : rule with { About = about with { Does = Described(rule) } };
    }

    /// <summary>For a rule that does not say it itself.</summary>
    private static string Described(DataRule rule)
    {
        (string Verb, IReadOnlyList<PathPattern> Patterns)[] parts =
        [
            ("delete", rule.Delete), ("remove", rule.Remove), ("empty", rule.Empty), ("truncate", rule.Truncate), ("edit", rule.In), ("name", rule.Report),
        ];
        return string.Join("; ", parts.Where(p => p.Patterns.Count > 0).Select(p => $"{p.Verb} {string.Join(' ', p.Patterns.Select(x => x.Text))}"));
    }

    private static IReadOnlyList<PathPattern> Patterns(TomlValues values, string key)
    {
        var texts = values.Texts(key, []);
        return Placed(values, key, () => texts.Select(PathPattern.Parse).ToList());
    }

    /// <summary>A mistake in a value is told with its place.</summary>
    private static T Placed<T>(TomlValues values, string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UserError e)
        {
            throw values.Refuse(key, e.Message);
        }
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];

    private static LinePattern[] Expressions(TomlValues values, string key) => [.. values.Texts(key, []).Select(t => Expression(values, key, t))];

    private static LinePattern Expression(TomlValues values, string key, string text)
    {
        try
        {
            return new(text, $"{key} in {values.Place(key)}");
        }
        catch (ArgumentException e)
        {
            throw values.Refuse(key, "it is no regular expression: " + e.Message);
        }
    }

    private static int Word(TomlValues values, string key, string[] words, int absent)
    {
        var text = values.Text(key, words[absent]);
        var at = Array.IndexOf(words, text);
        return at >= 0 ? at : throw values.Refuse(key, "it must be one of " + string.Join(", ", words));
    }
}
