using Allie.Files;
using Allie.Linux.Native;
using Allie.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays.Layers;

/// <summary>Reads the names of one layer's tree.</summary>
internal sealed class LayerScanner(LayerSource source, Places places)
{
    /// <summary>The kernel takes 4095 bytes; our notes of the path have a prefix and names of their own (var/lib/allie/pending/, .wh..whole/).</summary>
    private const int LongestPath = 4000;

    private readonly List<LayerEntry> _entries = [];
    private readonly ILookup<ImagePath, PathFault> _unread = source.Unread.ToLookup(f => f.Path.Parent);

    internal Layer Scan()
    {
        Scan(ImagePath.Root, ImagePath.Root);
        return new(source.Name, _entries);
    }

    private void Scan(ImagePath directory, ImagePath landing)
    {
        IReadOnlyList<(string Name, FileKind Kind)> entries;
        try
        {
            entries = source.Root.Entries(directory);
        }
        catch (LinuxException e) when (!directory.IsRoot)
        {
            _entries.Add(new(directory, landing, FileKind.Directory, $"the layer's directory cannot be read: {e.Message}"));
            return;
        }

        var whiteouts = entries.Where(e => e.Name.StartsWith(SpecialName.Whiteout, StringComparison.Ordinal)).Select(e => e.Name).ToHashSet();
        _entries.AddRange(_unread[directory].Select(f => new LayerEntry(f.Path, landing.Join(f.Path.Name), FileKind.Regular, f.Reason)));
        var unread = _unread[directory].Select(f => f.Path.Name).ToHashSet();
        foreach (var (name, kind) in entries.Where(e => (!directory.IsRoot || e.Name != SpecialName.Hold) && !unread.Contains(e.Name)))
        {
            var path = directory.Join(name);
            var place = landing == directory ? path : landing.Join(name);
            if (Math.Max(path.Raw.Length, place.Raw.Length) > LongestPath)
            {
                _entries.Add(new(path, place, FileKind.Regular, $"the path is too long, {Math.Max(path.Raw.Length, place.Raw.Length)} bytes; {LongestPath} is the most: shorten the names of its directories"));
                continue;
            }

            switch (kind)
            {
                case FileKind.Socket:
                    break; // nobody can want another service's socket
                case FileKind.Directory:
                    // .wh.NAME beside NAME/: a link there is to be replaced, not followed
                    var (real, fault) = whiteouts.Contains(SpecialName.Whiteout + name) ? (place, null) : places.Directory(place);
                    _entries.Add(new(path, real, kind, fault));
                    if (fault is null)
                    {
                        Scan(path, real);
                    }

                    break;
                default:
                    _entries.Add(new(path, place, kind));
                    break;
            }
        }
    }
}
