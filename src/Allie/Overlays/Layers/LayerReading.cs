using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>What one layer wants: its special names read, and what it says twice of one path put together or refused.</summary>
internal static class LayerReading
{
    internal static IReadOnlyCollection<Wanted> Read(Layer layer, List<PathFault> faults)
    {
        var wishes = new Dictionary<ImagePath, Wanted>();
        var gone = new List<Wanted>();
        var exact = new List<ImagePath>();
        foreach (var entry in layer.Entries)
        {
            var special = SpecialName.Of(entry.Path.Name);
            var meant = special.Target.Length == 0 ? entry.Place.Parent : entry.Place.Parent.Join(special.Target);
            if (Refusal(entry, special) is { } reason)
            {
                var isOfPlace = entry is { Fault: not null, Kind: FileKind.Directory };
                faults.Add(new(isOfPlace ? entry.Place : meant, layer.Name, reason, isOfPlace));
                continue;
            }

            switch (special.Means)
            {
                case SpecialName.Meaning.Absent when ProtectedPaths.IsPillar(meant):
                    faults.Add(new(entry.Place, layer.Name, $"an image cannot be without {meant}")); // the mark alone: what layers have in it is applied
                    break;
                case SpecialName.Meaning.Absent:
                    gone.Add(new(meant, WantedKind.Absent, layer.Name, entry.Path));
                    break;
                case SpecialName.Meaning.OwnMetadata:
                    OwnMetadata(wishes, meant);
                    break;
                case SpecialName.Meaning.Opaque when ProtectedPaths.IsPillar(meant):
                    faults.Add(new(entry.Place, layer.Name, "an image cannot be without what is in this directory; name what is to go: .wh.NAME"));
                    break;
                case SpecialName.Meaning.Opaque:
                    exact.Add(meant);
                    break;
                default:
                    Add(wishes, new(Place(entry, special, meant), KindOf(entry, special), layer.Name, entry.Path, IsTemplate: special.Means == SpecialName.Meaning.Template), faults);
                    break;
            }
        }

        foreach (var wish in gone)
        {
            wishes[wish.Place] = wishes.TryGetValue(wish.Place, out var instead) ? Replacing(instead) : wish;
        }

        foreach (var directory in exact.Where(wishes.ContainsKey))
        {
            wishes[directory] = wishes[directory] with { Exact = layer.Name };
        }

        return wishes.Values;
    }

    /// <summary>.wh.NAME beside NAME: of what was there before nothing stays; of a directory neither content nor mode.</summary>
    private static Wanted Replacing(Wanted wish) =>
        wish.Kind == WantedKind.Directory ? wish with { Replace = true, Exact = wish.Layer, OwnMetadata = true } : wish with { Replace = true };

    private static string? Refusal(LayerEntry entry, SpecialName special) => special.Means switch
    {
        _ when entry.Fault is not null => entry.Fault,
        SpecialName.Meaning.Unknown => $"'{RawName.Display(entry.Path.Name)}' is no special name that allie knows; see docs/overlays.md",
        SpecialName.Meaning.Plain => null,
        SpecialName.Meaning.Template when entry.Kind != FileKind.Regular => $"'{RawName.Display(entry.Path.Name)}' is no file; a template is one",
        _ when entry.Kind == FileKind.Directory => $"'{RawName.Display(entry.Path.Name)}' is a directory; a special name belongs to an empty file",
        _ => null,
    };

    /// <summary>A directory's place may differ from its name: the image has a link there (lib64 -> usr/lib64).</summary>
    private static ImagePath Place(LayerEntry entry, SpecialName special, ImagePath meant) =>
        special.Means == SpecialName.Meaning.Plain ? entry.Place : meant;

    private static WantedKind KindOf(LayerEntry entry, SpecialName special) => special.Means switch
    {
        SpecialName.Meaning.Keep => WantedKind.Keep,
        SpecialName.Meaning.Once => WantedKind.Once,
        _ => entry.Kind == FileKind.Directory ? WantedKind.Directory : WantedKind.Entry,
    };

    private static void OwnMetadata(Dictionary<ImagePath, Wanted> wishes, ImagePath directory)
    {
        // Absent for the layer's own top: nothing of it is ever applied to /.
        if (wishes.TryGetValue(directory, out var wish))
        {
            wishes[directory] = wish with { OwnMetadata = true };
        }
    }

    private static void Add(Dictionary<ImagePath, Wanted> wishes, Wanted wish, List<PathFault> faults)
    {
        if (!wishes.TryGetValue(wish.Place, out var other))
        {
            wishes[wish.Place] = wish;
        }
        else if (wish.Kind == WantedKind.Directory && other.Kind == WantedKind.Directory)
        {
            // lib64/ and usr/lib64/ in one layer: the real one gives the metadata
            wishes[wish.Place] = wish.Source == wish.Place ? wish : other;
        }
        else
        {
            faults.Add(new(wish.Place, wish.Layer, $"the layer speaks of it twice, as {other.Source} and as {wish.Source}; keep one"));
        }
    }
}
