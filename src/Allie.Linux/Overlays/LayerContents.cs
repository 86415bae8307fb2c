using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays;

/// <summary>What the layers have for a wish: a file of theirs, or what a template of theirs becomes on this PC.</summary>
/// <param name="layers">By name.</param>
/// <param name="values">Asked for once, and only when there is a template.</param>
public sealed class LayerContents(IReadOnlyDictionary<string, ImageRoot> layers, Func<TemplateValues> values)
{
    private readonly Dictionary<Wanted, byte[]> _rendered = [];
    private readonly Lazy<TemplateValues> _values = new(values);

    public ulong ValuesDigest => field == 0 ? field = SeenStates.Digest(_values.Value.Canonical()) : field;

    public ImageRoot Root(Wanted wanted) => layers[wanted.Layer];

    public FileMetadata Metadata(Wanted wanted) => EntryComparer.WithoutLabel(Root(wanted).Metadata(wanted.Source));

    /// <summary>Null for what is no template.</summary>
    /// <exception cref="Allie.Errors.UserError">Where in the template is what mistake.</exception>
    public byte[]? Rendered(Wanted wanted)
    {
        if (!wanted.IsTemplate)
        {
            return null;
        }

        if (!_rendered.TryGetValue(wanted, out var content))
        {
            _rendered[wanted] = content = Template.Render(RawName.Display(wanted.Source.Raw), Read(wanted), _values.Value);
        }

        return content;
    }

    /// <summary>Makes it under a temporary name, with this metadata.</summary>
    public void Stage(Wanted wanted, ImageRoot target, ImagePath to, FileMetadata metadata)
    {
        if (Rendered(wanted) is { } content)
        {
            target.WriteFileLazily(to, content, metadata);
        }
        else
        {
            target.CopyNew(Root(wanted), wanted.Source, to, metadata);
        }
    }

    /// <summary>At most one byte more than a template may have: the renderer says then what is wrong.</summary>
    private byte[] Read(Wanted wanted)
    {
        using var file = Root(wanted).OpenRead(wanted.Source);
        var content = new byte[Math.Min(file.Length, Template.LargestSource + 1)];
        return content[..file.ReadAtLeast(content, content.Length, false)];
    }
}
