using Allie.Files;

namespace Allie.Overlays.Templates;

/// <summary>Reads a template: text, {{ NAME }}, if, else, for, end. Nothing of it runs a program or reads a file.</summary>
internal sealed class TemplateParser
{
    private readonly TemplateSource _source;
    private readonly TemplateNames _names;
    private readonly IReadOnlyList<TemplateToken> _tokens;
    private int _next;

    private TemplateParser(TemplateSource source) =>
        (_source, _names, _tokens) = (source, new(source), TemplateLexer.Read(source));

    internal static IReadOnlyList<TemplateNode> Parse(TemplateSource source)
    {
        var parser = new TemplateParser(source);
        var nodes = parser.Block(out var stopped);
        return stopped.Word is null ? nodes : throw source.Fault(stopped.At, $"'{stopped.Word}' without an if or for before it");
    }

    /// <summary>Up to an else or end (named in stopped), or to the end of the file.</summary>
    private List<TemplateNode> Block(out (string? Word, int At) stopped)
    {
        var nodes = new List<TemplateNode>();
        while (_next < _tokens.Count)
        {
            var token = _tokens[_next++];
            if (!token.IsTag)
            {
                nodes.Add(new TemplateNode.Literal(token.Text));
                continue;
            }

            var words = TemplateWords.Of(_source, token);
            switch (words)
            {
                case [(("else" or "end"), _)]:
                    stopped = words[0];
                    return nodes;
                case [("if", var at), .. var rest]:
                    nodes.Add(If(rest, at));
                    break;
                case [("for", var at), .. var rest]:
                    nodes.Add(For(rest, at));
                    break;
                default:
                    nodes.Add(Print(words, token.At));
                    break;
            }
        }

        stopped = (null, _source.Text.Length);
        return nodes;
    }

    private TemplateNode.If If((string Word, int At)[] words, int at)
    {
        if (words is not [var name])
        {
            throw _source.Fault(at, "an if takes one name: {{ if group.gpu }}");
        }

        var condition = _names.Condition(name);
        var then = Block(out var stopped);
        List<TemplateNode> otherwise = stopped.Word == "else" ? Block(out stopped) : [];
        return stopped.Word == "end" ? new(condition, then, otherwise) : throw Unclosed("if", at, stopped);
    }

    private TemplateNode.For For((string Word, int At)[] words, int at)
    {
        if (words is not [var item, ("in", _), var list])
        {
            throw _source.Fault(at, "a for is written {{ for x in groups }}");
        }

        var name = _names.List(list);
        _names.Enter(item.Word, item.At);
        var each = Block(out var stopped);
        _names.Leave();
        return stopped.Word == "end" ? new(item.Word, name, each) : throw Unclosed("for", at, stopped);
    }

    private TemplateNode Print((string Word, int At)[] words, int at) => words switch
    {
        [(['"', .. var text], _)] => new TemplateNode.Literal(text),
        [var name] => new TemplateNode.Print(_names.Text(name), null, name.At),
        [var name, ("|", _), ("default", _), (['"', .. var text], _)] => new TemplateNode.Print(_names.Text(name), text, name.At),
        [_, ("|", var bar), ..] => throw _source.Fault(bar, "after '|' only: default \"text\""),
        [] => throw _source.Fault(at, "nothing between '{{' and '}}'"),
        _ => throw _source.Fault(words[1].At, $"'{RawName.Display(words[1].Word)}' is not understood here; write {{{{ NAME }}}} or {{{{ NAME | default \"text\" }}}}"),
    };

    private Errors.UserError Unclosed(string what, int at, (string? Word, int At) stopped) =>
        stopped.Word is null ? _source.Fault(at, $"this {what} has no {{{{ end }}}}") : _source.Fault(stopped.At, $"a second '{stopped.Word}' for one {what}");
}
