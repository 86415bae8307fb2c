using System.Text.RegularExpressions;
using Allie.Config;
using Allie.Errors;
using Allie.Files;

namespace Allie.Blandify.Table;

/// <summary>One file of rules: a table of ours, or a file of the site in /etc/allie/blandify.d.</summary>
/// <param name="Rules">In the order of the file.</param>
/// <param name="On">Rules that it switches on.</param>
/// <param name="Off">Rules that it switches off.</param>
public sealed record RuleFile(IReadOnlyList<DataRule> Rules, IReadOnlyList<string> On, IReadOnlyList<string> Off)
{
    private static readonly string[] Classes = [.. Enum.GetNames<RuleClass>().Select(n => n.ToLowerInvariant())];
    private static readonly string[] Defaults = [.. Enum.GetNames<RuleDefault>().Select(n => n.ToLowerInvariant())];

    /// <exception cref="UserError">Exit 2, with file, line and column: no TOML, an unknown key, a value that cannot be.</exception>
    public static RuleFile Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var names = values.TablesBelow("rule");
        var read = new RuleFile([.. names.Select(n => Rule(values, n))], values.Texts("on", []), values.Texts("off", []));
        values.RefuseUnknown();
        return read;
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
        try
        {
            return [.. texts.Select(PathPattern.Parse)];
        }
        catch (UserError e)
        {
            throw values.Refuse(key, e.Message);
        }
    }

    private static Regex[] Expressions(TomlValues values, string key) => [.. values.Texts(key, []).Select(t => Expression(values, key, t))];

    private static Regex Expression(TomlValues values, string key, string text)
    {
        try
        {
            return new(text, RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
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
