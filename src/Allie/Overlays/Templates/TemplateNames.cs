using Allie.Config;
using Allie.Files;

namespace Allie.Overlays.Templates;

/// <summary>Which names a template may use, and the names of the loops that it is in. A misspelt one is found on every PC, also where its branch is not taken.</summary>
internal sealed class TemplateNames(TemplateSource source)
{
    private readonly List<string> _items = [];

    internal void Enter(string item, int at)
    {
        if (!item.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || Known.Contains(item) || item is "if" or "else" or "for" or "end" or "in" or "default")
        {
            throw source.Fault(at, $"'{RawName.Display(item)}' cannot be a loop's name; take letters that are no other name");
        }

        _items.Add(item);
    }

    internal void Leave() => _items.RemoveAt(_items.Count - 1);

    internal string Text((string Word, int At) name) =>
        TemplateValues.ListNames.Contains(name.Word) ? throw source.Fault(name.At, $"{name.Word} is a list; write {{{{ for x in {name.Word} }}}}")
        : name.Word.StartsWith(TemplateValues.Group, StringComparison.Ordinal) ? throw source.Fault(name.At, $"{Shown(name)} is yes or no; write {{{{ if {Shown(name)} }}}}")
        : Condition(name);

    internal string List((string Word, int At) name) =>
        TemplateValues.ListNames.Contains(name.Word) ? name.Word
        : throw source.Fault(name.At, $"'{Shown(name)}' is no list; lists are {string.Join(", ", TemplateValues.ListNames)}");

    internal string Condition((string Word, int At) name)
    {
        if (Known.Contains(name.Word) || _items.Contains(name.Word)
            || Has(name.Word, TemplateValues.Tag) || Has(name.Word, TemplateValues.Group))
        {
            return name.Word;
        }

        var near = Known.Concat(_items).MinBy(k => Spelling.Distance(k, name.Word))!;
        var hint = Spelling.Distance(near, name.Word) <= 2 ? $"did you mean {near}?" : $"known are {string.Join(", ", Known)}, tag.NAME and group.NAME";
        throw source.Fault(name.At, $"unknown name '{Shown(name)}'; {hint}");
    }

    private static IEnumerable<string> Known => TemplateValues.TextNames.Concat(TemplateValues.ListNames);

    private static bool Has(string word, string prefix) => word.Length > prefix.Length && word.StartsWith(prefix, StringComparison.Ordinal);

    private static string Shown((string Word, int At) name) => RawName.Display(name.Word);
}
