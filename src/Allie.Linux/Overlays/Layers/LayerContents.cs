using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.State;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays.Layers;

/// <summary>What the layers have for a wish: a file of theirs, or what a template or the etc/fstab of theirs becomes on this PC.</summary>
/// <param name="layers">By name.</param>
/// <param name="values">Asked for once, and only when there is a template.</param>
/// <param name="rootLabel">Asked for once, and only when there is an etc/fstab; null leaves that as it is.</param>
public sealed class LayerContents(IReadOnlyDictionary<string, ImageRoot> layers, Func<TemplateValues> values, Func<RootLabel?>? rootLabel = null)
{
    private const long LargestFstab = 1 << 20;

    private readonly Dictionary<Wanted, byte[]> _rendered = [];
    private readonly Lazy<TemplateValues> _values = new(values);
    private readonly Lazy<RootLabel?> _rootLabel = new(rootLabel ?? (() => null));

    /// <summary>It is made here, of the layer's file and of what this PC is.</summary>
    public bool IsMade(Wanted wanted) =>
        wanted.IsTemplate || (wanted.Place == RootLabel.Fstab && _rootLabel.Value is { IsOurs: true } && Root(wanted).TryStat(wanted.Source) is { IsRegular: true, Size: <= LargestFstab });

    /// <summary>All but the layer's own file that decides what <see cref="Rendered"/> gives.</summary>
    public ulong Digest(Wanted wanted) =>
        SeenStates.Digest((wanted.IsTemplate ? _values.Value.Canonical() : "") + (wanted.Place == RootLabel.Fstab ? "\0" + _rootLabel.Value : ""));

    public ImageRoot Root(Wanted wanted) => layers[wanted.Layer];

    public FileMetadata Metadata(Wanted wanted) => EntryComparer.WithoutLabel(Root(wanted).Metadata(wanted.Source));

    /// <summary>Null for what is installed as the layer has it.</summary>
    /// <exception cref="Allie.Errors.UserError">Where in the template is what mistake.</exception>
    public byte[]? Rendered(Wanted wanted)
    {
        if (!IsMade(wanted))
        {
            return null;
        }

        if (!_rendered.TryGetValue(wanted, out var content))
        {
            _rendered[wanted] = content = Make(wanted);
        }

        return content;
    }

    private byte[] Make(Wanted wanted)
    {
        var content = wanted.IsTemplate ? Template.Render(RawName.Display(wanted.Source.Raw), Read(wanted), _values.Value) : Root(wanted).ReadFile(wanted.Source, LargestFstab);
        return wanted.Place == RootLabel.Fstab && _rootLabel.Value is { } label ? label.Adapt(content) : content;
    }

    internal IEnumerable<ImageRoot> Roots => layers.Values.Distinct();

    /// <summary>Makes it under a temporary name.</summary>
    /// <param name="wanted">What.</param>
    /// <param name="target">Where.</param>
    /// <param name="to">Under which name.</param>
    /// <param name="label">Adds what the place itself decides to the layer's metadata.</param>
    public void Stage(Wanted wanted, ImageRoot target, ImagePath to, Func<FileMetadata, FileMetadata> label)
    {
        if (Rendered(wanted) is { } content)
        {
            target.WriteFileLazily(to, content, label(Metadata(wanted)));
        }
        else
        {
            target.CopyNew(Root(wanted), wanted.Source, to, m => label(EntryComparer.WithoutLabel(m)));
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
