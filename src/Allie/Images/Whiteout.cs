using Allie.Errors;

namespace Allie.Images;

/// <summary>Names of OCI layers that take something of the layers below away (image-spec: layer.md, whiteouts).</summary>
public static class Whiteout
{
    /// <summary>Nothing of the lower layers is seen in this directory.</summary>
    public const string Opaque = ".wh..wh..opq";

    private const string Prefix = ".wh.";

    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name that is taken away; null for the opaque mark and the inner names of one old tool (.wh..wh.aufs).</summary>
    /// <exception cref="UserError">Exit 2: ".", ".." or nothing.</exception>
    public static string? NameOf(string name) => name[Prefix.Length..] switch
    {
        "" or "." or ".." => throw UserError.Refused($"cannot import: a layer has the name '{name}', which would take a directory itself away", "the image is damaged, or hostile"),
        var inner when inner.StartsWith(Prefix, StringComparison.Ordinal) => null,
        var other => other,
    };
}
