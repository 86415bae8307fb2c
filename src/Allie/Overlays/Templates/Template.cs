using System.Text;
using Allie.Errors;
using Allie.Files;

namespace Allie.Overlays.Templates;

/// <summary>NAME.allie: renders a file of an overlay for one PC (docs/overlays.md). Same bytes and values, same result.</summary>
public static class Template
{
    public const int LargestSource = 1 << 20;
    private const int LargestResult = 16 << 20;

    /// <param name="shown">The path in the layer, for messages.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="values">What this PC is.</param>
    /// <exception cref="UserError">"etc/motd.allie(3,7): unknown name ...".</exception>
    public static byte[] Render(string shown, byte[] content, TemplateValues values)
    {
        if (content.Length > LargestSource)
        {
            throw new UserError($"{shown}: a template of {content.Length} bytes; at most {LargestSource} (1 MiB)");
        }

        var source = new TemplateSource(shown, Encoding.Latin1.GetString(content));
        if (source.Text.IndexOf('\0') is var nul and >= 0)
        {
            throw source.Fault(nul, "a NUL byte: a template is text; a binary file goes under its own name");
        }

        var output = new StringBuilder(content.Length);
        new Renderer(source, values, output).Write(TemplateParser.Parse(source));
        return Encoding.Latin1.GetBytes(output.ToString());
    }

    private sealed class Renderer(TemplateSource source, TemplateValues values, StringBuilder output)
    {
        private readonly Dictionary<string, string> _items = [];

        internal void Write(IReadOnlyList<TemplateNode> nodes)
        {
            foreach (var node in nodes)
            {
                Write(node);
            }
        }

        private void Write(TemplateNode node)
        {
            switch (node)
            {
                case TemplateNode.Literal literal:
                    output.Append(literal.Value);
                    break;
                case TemplateNode.Print print:
                    output.Append(Find(print.Name) ?? print.Default ?? throw Missing(print));
                    break;
                case TemplateNode.If choice:
                    Write(IsTrue(choice.Name) ? choice.Then : choice.Else);
                    break;
                case TemplateNode.For loop:
                    Loop(loop);
                    break;
            }

            if (output.Length > LargestResult)
            {
                throw source.Fault(0, $"becomes larger than {LargestResult} bytes");
            }
        }

        private void Loop(TemplateNode.For loop)
        {
            var hidden = _items.GetValueOrDefault(loop.Item);
            foreach (var item in values.Lists.GetValueOrDefault(loop.List) ?? [])
            {
                _items[loop.Item] = item;
                Write(loop.Each);
            }

            _items.Remove(loop.Item);
            if (hidden is not null)
            {
                _items[loop.Item] = hidden;
            }
        }

        private string? Find(string name) => _items.GetValueOrDefault(name) ?? values.Texts.GetValueOrDefault(name);

        private bool IsTrue(string name) =>
            name.StartsWith(TemplateValues.Group, StringComparison.Ordinal) ? values.IsInGroup(name[TemplateValues.Group.Length..])
            : TemplateValues.ListNames.Contains(name) ? values.Lists.GetValueOrDefault(name)?.Count > 0
            : Find(name)?.Length > 0;

        private UserError Missing(TemplateNode.Print print) => source.Fault(
            print.At,
            print.Name.StartsWith(TemplateValues.Tag, StringComparison.Ordinal)
                ? $"unknown name '{RawName.Display(print.Name)}': this PC's hosts line has no such tag; add it there, or write {{{{ {RawName.Display(print.Name)} | default \"text\" }}}}"
                : $"{print.Name} has no value on this PC; write {{{{ {print.Name} | default \"text\" }}}}");
    }
}
