using Allie.Errors;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Allie.Config;

/// <summary>
/// The values of one TOML file by dotted key, each with its place. Every key that is asked for is a known key; <see cref="RefuseUnknown"/>
/// then finds the misspelt ones, which Tomlyn's own typed mapping would drop in silence.
/// </summary>
public sealed class TomlValues
{
    private readonly string _file;
    private readonly Dictionary<string, (ValueSyntax Value, string Place)> _values = [];
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);

    private TomlValues(string file) => _file = file;

    /// <exception cref="UserError">Exit 2, with file, line and column.</exception>
    public static TomlValues Parse(string text, string file)
    {
        var document = SyntaxParser.Parse(text, file);
        if (document.HasErrors)
        {
            var first = document.Diagnostics[0];
            throw UserError.Refused($"cannot read {file}({first.Span.Start.Line + 1},{first.Span.Start.Column + 1}): {first.Message}", "it is TOML: key = \"value\" under [section] lines");
        }

        var values = new TomlValues(file);
        values.Add("", document.KeyValues);
        foreach (var table in document.Tables)
        {
            values.Add(table.Name!.ToString().Trim() + ".", table.Items);
        }

        return values;
    }

    public string Text(string key, string absent) => Find(key) switch
    {
        null => absent,
        StringValueSyntax text => text.Value ?? "",
        _ => throw Wrong(key, "a text in quotes"),
    };

    public int Number(string key, int absent) => Find(key) switch
    {
        null => absent,
        IntegerValueSyntax { Value: >= 0 and <= int.MaxValue } number => (int)number.Value,
        _ => throw Wrong(key, "a whole number"),
    };

    public bool Flag(string key, bool absent) => Find(key) switch
    {
        null => absent,
        BooleanValueSyntax flag => flag.Value,
        _ => throw Wrong(key, "true or false"),
    };

    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> absent) => Find(key) switch
    {
        null => absent,
        ArraySyntax array => [.. array.Items.Select(i => i.Value is StringValueSyntax text ? text.Value ?? "" : throw Wrong(key, "a list of texts"))],
        _ => throw Wrong(key, "a list of texts, [\"a\", \"b\"]"),
    };

    /// <summary>The names of the tables below a prefix: "slots" gives a and b for [slots.a] and [slots.b].</summary>
    public IReadOnlyList<string> TablesBelow(string prefix) =>
        [.. _values.Keys.Where(k => k.StartsWith(prefix + ".", StringComparison.Ordinal) && k.Count(c => c == '.') == 2)
            .Select(k => k.Split('.')[1]).Distinct()];

    /// <summary>The keys that begin so: "tag." gives tag.room for room in [tag].</summary>
    public IReadOnlyList<string> KeysBelow(string prefix) => [.. _values.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))];

    /// <exception cref="UserError">A key that nothing asked for, with the nearest known one.</exception>
    public void RefuseUnknown()
    {
        foreach (var (key, (_, place)) in _values.Where(v => !_known.Contains(v.Key)))
        {
            var near = _known.MinBy(k => Spelling.Distance(k, key));
            var hint = near is not null && Spelling.Distance(near, key) <= 3 ? $"did you mean '{near}'?" : "known keys: " + string.Join(", ", _known);
            throw UserError.Refused($"unknown key '{key}' in {place}", hint);
        }
    }

    /// <summary>Where a value that is there was written: file, line and column.</summary>
    public string Place(string key) => _values[key].Place;

    /// <summary>For a value that only its reader can judge; names its place.</summary>
    public UserError Refuse(string key, string why) => UserError.Refused($"cannot use {key} in {Place(key)}: {why}");

    private void Add(string prefix, IEnumerable<KeyValueSyntax> items)
    {
        foreach (var item in items)
        {
            var at = item.Span.Start;
            _values[prefix + item.Key!.ToString().Trim()] = (item.Value!, $"{_file}({at.Line + 1},{at.Column + 1})");
        }
    }

    private ValueSyntax? Find(string key)
    {
        _known.Add(key);
        return _values.TryGetValue(key, out var found) ? found.Value : null;
    }

    private UserError Wrong(string key, string wanted) =>
        UserError.Refused($"cannot use '{_values[key].Value.ToString().Trim()}' for {key} in {_values[key].Place}", $"it must be {wanted}");
}
