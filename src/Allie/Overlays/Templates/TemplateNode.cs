namespace Allie.Overlays.Templates;

/// <summary>A part of a template that has been read.</summary>
internal abstract record TemplateNode
{
    internal sealed record Literal(string Value) : TemplateNode;

    /// <summary>{{ NAME }} or {{ NAME | default "..." }}.</summary>
    internal sealed record Print(string Name, string? Default, int At) : TemplateNode;

    internal sealed record If(string Name, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else) : TemplateNode;

    internal sealed record For(string Item, string List, IReadOnlyList<TemplateNode> Each) : TemplateNode;
}
