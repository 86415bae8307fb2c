using System.Text;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Overlays.State;

/// <summary>
/// Which layer each path of applied/ is from, in one file of its own: "layer NUL path NUL". Only asked when a layer is missing of which no copy is here.
/// A path that it does not know may be from any layer.
/// </summary>
internal sealed class Origins(ImageRoot root, ImagePath directory)
{
    private readonly ImagePath _file = directory.Join("origins");
    private readonly HashSet<string> _given = [];
    private byte[]? _content;
    private Dictionary<ImagePath, string>? _layers;

    /// <summary>All layers that something is from.</summary>
    internal IReadOnlySet<string> Layers => Read().Values.ToHashSet();

    /// <summary>A person says that it is meant to be gone: what of it cannot be withdrawn now (its disk is not here) is not held later, either.</summary>
    internal void GiveUp(IEnumerable<string> layers)
    {
        _given.UnionWith(layers);
        _layers = null;
    }

    internal string? Of(ImagePath path) => Read().GetValueOrDefault(path);

    /// <summary>The paths that are managed now.</summary>
    /// <param name="paths">In applied/.</param>
    /// <param name="layerOf">Null where no layer wants the path: it is from where it was before.</param>
    internal void Keep(IEnumerable<ImagePath> paths, Func<ImagePath, string?> layerOf)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            if ((layerOf(path) ?? Of(path)) is { } layer)
            {
                text.Append(layer).Append('\0').Append(path.Raw).Append('\0');
            }
        }

        var content = Encoding.Latin1.GetBytes(text.ToString());
        if (!content.AsSpan().SequenceEqual(Content()))
        {
            Write(content);
        }
    }

    private void Write(byte[] content)
    {
        try
        {
            if (content.Length > 0)
            {
                root.WriteFileLazily(_file, content, FileMetadata.Root(0x180, 0));
            }
            else
            {
                root.RemoveTree(_file);
            }
        }
        catch (LinuxException)
        {
            // a full or read-only file system has been told of where it mattered
        }

        (_content, _layers) = (content, null);
    }

    private byte[] Content() => _content ??= root.TryStat(_file) is { IsRegular: true, Size: < 1 << 28 } ? root.ReadFile(_file, 1 << 28) : [];

    private Dictionary<ImagePath, string> Read()
    {
        if (_layers is null)
        {
            var words = Encoding.Latin1.GetString(Content()).Split('\0');
            _layers = [];
            for (var i = 0; i + 1 < words.Length; i += 2)
            {
                if (!_given.Contains(words[i]))
                {
                    _layers[ImagePath.FromRaw(words[i + 1])] = words[i];
                }
            }
        }

        return _layers;
    }
}
