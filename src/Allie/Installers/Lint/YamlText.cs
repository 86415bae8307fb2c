using System.Text.RegularExpressions;
using SharpYaml;
using SharpYaml.Events;

namespace Allie.Installers.Lint;

/// <summary>
/// A YAML text as a tree with lines, or what is wrong with it. Strict where Python's YAML is, which Ubuntu's installer reads the file with: no tab before
/// a value, one document, no alias of nothing, no tags of other programs.
/// </summary>
internal sealed partial class YamlText
{
    private const int Deepest = 100;

    private readonly string[] _lines;
    private readonly IParser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = [];
    private int _depth;

    private YamlText(string text)
    {
        _lines = text.Split('\n');
        _parser = Parser.CreateParser(new StringReader(text));
    }

    /// <summary>Either the root or the one finding; an empty text has neither.</summary>
    public static (YamlNode? Root, InstallerFinding? Fault) Read(string text)
    {
        var plain = text.Replace("\r", "");
        try
        {
            return (new YamlText(plain).Document(), null);
        }
        catch (YamlException fault)
        {
            // "(Lin: 1, Col: 0, Chr: 3) - (...): what"
            var said = fault.Message[(fault.Message.LastIndexOf("): ", StringComparison.Ordinal) + 1)..].TrimStart(':', ' ').TrimEnd('.');
            // A word that swallowed the tab of the next line: the tab is what is to be mended.
            var mark = said.Contains("tab character", StringComparison.Ordinal) ? fault.End : fault.Start;
            return (null, new(
                mark.Line + 1, AutoinstallLint.NoYaml, $"the installer cannot read the file: {char.ToLowerInvariant(said[0])}{said[1..]}",
                "spaces alone for an indent, the same for neighbours; each quote, [ and { is closed; a value with : or a first @ ` % stands in quotes"));
        }
    }

    private YamlNode? Document()
    {
        YamlNode? root = null;
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart second && root is not null)
            {
                throw Refused("a second document begins here", second);
            }

            if (_parser.Current is NodeEvent or AnchorAlias)
            {
                root = Node();
            }
        }

        return root;
    }

    private YamlNode Node()
    {
        var here = _parser.Current!;
        var mark = here.Start;
        if (mark.Column > 0 && mark.Line < _lines.Length && mark.Column <= _lines[mark.Line].Length && _lines[mark.Line][mark.Column - 1] == '\t')
        {
            throw Refused("a tab before a value", here);
        }

        if (here is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var meant) ? meant : throw Refused($"*{alias.Value} is an alias of nothing", here);
        }

        if (here is NodeEvent { Tag: { Length: > 0 } tag } && tag != "!" && !Core().IsMatch(tag))
        {
            throw Refused($"the tag {tag} is none that it knows", here);
        }

        var node = here is Scalar scalar
            ? new YamlNode(mark.Line + 1) { Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain }
            : new YamlNode(mark.Line + 1);
        if (++_depth > Deepest)
        {
            throw Refused("it is nested too deep", here);
        }

        switch (here)
        {
            case SequenceStart:
                while (Next() is not SequenceEnd)
                {
                    node.Items.Add(Node());
                }

                break;
            case MappingStart:
                while (Next() is not MappingEnd)
                {
                    var key = Node();
                    Next();
                    node.Pairs.Add((key, Node()));
                }

                break;
        }

        _depth--;
        if (here is NodeEvent { Anchor: { Length: > 0 } anchor })
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private ParsingEvent Next()
    {
        _parser.MoveNext();
        return _parser.Current!;
    }

    private static SemanticErrorException Refused(string why, ParsingEvent at) => new(at.Start, at.End, why);

    [GeneratedRegex("^tag:yaml.org,2002:[a-z]+$")]
    private static partial Regex Core();
}
