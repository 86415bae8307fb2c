using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.Layers;

namespace Allie.Linux.Overlays;

/// <summary>A path of the image against what is wanted, what we put there and what was there before us; its content is read once for all three.</summary>
internal sealed class EntryComparison(ImageRoot root, ImagePath path, FileFacts current, LayerContents layers)
{
    internal Sameness With(Compared?[] others)
    {
        var mine = new EntryComparer.Sight(current, EntryComparer.WithoutLabel(root.Metadata(path)));
        bool[] same = [.. others.Select(o => o is not null && SameButContent(mine, o))];
        if (current.IsRegular && same.Contains(true))
        {
            int[] open = [.. Enumerable.Range(0, same.Length).Where(i => same[i])];
            var contents = EntryComparer.SameContent(root, path, [.. open.Select(i => Open(others[i]!))]);
            for (var k = 0; k < open.Length; k++)
            {
                same[open[k]] = contents[k];
            }
        }

        // To be as it was before us is to have its time back too, though a time alone is never drift.
        var undo = same[2] && current.MtimeNs == others[2]!.Facts!.Value.MtimeNs;
        return (same[0] ? Sameness.Wanted : 0) | (same[1] ? Sameness.Applied : 0) | (undo ? Sameness.Undo : 0);
    }

    private bool SameButContent(EntryComparer.Sight mine, Compared other)
    {
        if (other.Facts is not { } facts)
        {
            return false;
        }

        var size = other.Template is { } template ? layers.Rendered(template)!.Length : facts.Size;
        var sight = new EntryComparer.Sight(facts with { Size = size }, EntryComparer.WithoutLabel(other.Root.Metadata(other.Path)));
        return EntryComparer.SameButContent(mine, root, path, sight, other.Root, other.Path);
    }

    private Stream Open(Compared other) => other.Template is { } template ? new MemoryStream(layers.Rendered(template)!) : other.Root.OpenRead(other.Path);
}
