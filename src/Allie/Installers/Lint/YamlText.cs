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

    private readonly string _text;
    private readonly IParser _parser;
    private readonly List<Scalar> _quoted = [];
    private readonly Dictionary<string, YamlNode> _anchors = [];
    private int _depth;

    private YamlText(string text)
    {
        _text = text;
        _parser = Parser.CreateParser(new StringReader(text));
    }

    /// <summary>Either the root or the one finding; an empty text has neither.</summary>
    public static (YamlNode? Root, InstallerFinding? Fault) Read(string text)
    {
        var plain = text.Replace("\r", "");
        if (Unprintable().Match(plain) is { Success: true } wrong)
        {
            return (null, YamlFault.At(plain[..wrong.Index].Count(c => c == '\n'), "a character that is none of a text"));
        }

        try
        {
            return (new YamlText(plain).Document(), null);
        }
        catch (YamlException fault)
        {
            return (null, YamlFault.Of(fault, plain));
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

        return StrayTab() is { } tab ? throw Refused("a tab outside of quotes", tab) : root;
    }

    /// <summary>The library takes a tab between two words, Python's YAML nowhere but in quotes, in a block of text and in a comment.</summary>
    private Mark? StrayTab()
    {
        var (line, next, comment) = (0, 0, false);
        for (var at = 0; at < _text.Length; at++)
        {
            while (next < _quoted.Count && at >= _quoted[next].End.Index)
            {
                next++;
            }

            var quoted = next < _quoted.Count && at >= _quoted[next].Start.Index;
            if (_text[at] == '\n')
            {
                (line, comment) = (line + 1, false);
            }
            else if (_text[at] == '\t' && !quoted && !comment)
            {
                return new Mark(at, line, 0);
            }
            else if (_text[at] == '#' && !quoted && (at == 0 || char.IsWhiteSpace(_text[at - 1])))
            {
                comment = true;
            }
        }

        return null;
    }

    private YamlNode Node()
    {
        var here = _parser.Current!;
        if (here is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var meant) ? meant : throw Refused($"*{alias.Value} is an alias of nothing", here);
        }

        if (here is NodeEvent { Tag: { Length: > 0 } tag } && tag != "!" && !Core().IsMatch(tag))
        {
            throw Refused($"the tag {tag} is none that it knows", here);
        }

        var node = here is Scalar scalar
            ? new YamlNode(here.Start.Line + 1) { Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain }
            : new YamlNode(here.Start.Line + 1);
        if (++_depth > Deepest)
        {
            throw Refused("it is nested too deep", here);
        }

        switch (here)
        {
            case Scalar { Style: not ScalarStyle.Plain } quoted:
                _quoted.Add(quoted);
                break;
            case SequenceStart:
                while (Next() is not SequenceEnd)
                {
                    node.Items.Add(Node());
                }

                break;
            case MappingStart:
                while (Next() is not MappingEnd)
                {
                    var at = _parser.Current!;
                    var key = Node();
                    if (key.Text is null)
                    {
                        throw Refused("a list or a mapping stands where a key is to be", at);
                    }

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

    private static SemanticErrorException Refused(string why, ParsingEvent at) => Refused(why, at.Start);

    private static SemanticErrorException Refused(string why, Mark at) => new(at, at, why);

    /// <summary>What YAML 1.1 lets stand in a text, turned round.</summary>
    [GeneratedRegex(@"[^\t\n\x20-\x7E\x85\xA0-\uFFFD]")]
    private static partial Regex Unprintable();

    [GeneratedRegex("^tag:yaml.org,2002:[a-z]+$")]
    private static partial Regex Core();
}
