namespace Allie.Overlays.Layers;

/// <summary>The vocabulary of file names in a layer (docs/overlays.md). Names are one byte per char.</summary>
public readonly record struct SpecialName(SpecialName.Meaning Means, string Target)
{
    public const string Whiteout = ".wh.";

    /// <summary>At a layer's top on the server: PCs keep the layer as they have it. No part of the layer.</summary>
    public const string Hold = ".allie-hold";

    private const string Keep = ".keep.";
    private const string Once = ".allie-once";
    private const string Template = ".allie";

    public enum Meaning
    {
        Plain,
        Absent,
        Keep,
        Once,
        OwnMetadata,
        Template,
        Opaque,
        Unknown,
    }

    /// <summary>Target is the name in the image that is meant; empty where the directory itself is.</summary>
    public static SpecialName Of(string name) => name switch
    {
        ".wh..wh..opq" => new(Meaning.Opaque, ""),
        ".allie-dir" => new(Meaning.OwnMetadata, ""),
        _ when name.StartsWith(Whiteout + Whiteout, StringComparison.Ordinal) => new(Meaning.Unknown, name),
        _ when After(name, Whiteout) is { } target => new(Meaning.Absent, target),
        _ when After(name, Keep) is { } target => new(Meaning.Keep, target),
        _ when name.EndsWith(Template + Once, StringComparison.Ordinal) => new(Meaning.Unknown, name), // a template is made anew each hour: it cannot be the PC's own
        _ when Before(name, Once) is { } target => new(Meaning.Once, target),
        _ when Before(name, Template) is { } target => new(Meaning.Template, target),
        _ when name is Whiteout or Keep || name.Contains(".allie-", StringComparison.Ordinal) => new(Meaning.Unknown, name),
        _ => new(Meaning.Plain, name),
    };

    private static string? After(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    private static string? Before(string name, string suffix) =>
        name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;
}
