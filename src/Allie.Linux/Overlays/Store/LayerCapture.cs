using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Linux.Overlays.Store;

/// <summary>Takes files of an image into a layer with mode, owner and attributes; directories on the way as the image has them.</summary>
public sealed class LayerCapture(ImageRoot image, ImageRoot layer)
{
    private const string Label = "security.selinux";

    /// <param name="paths">In the image; links of directories are followed, a directory is taken with all in it.</param>
    /// <exception cref="UserError">Exit 2: not there, or a name that means something else in a layer.</exception>
    public Plan<PlainStep> Plan(IEnumerable<string> paths)
    {
        var steps = new SortedDictionary<ImagePath, PlainStep>();
        var notes = new List<string>();
        foreach (var named in paths)
        {
            var path = Resolve(named);
            for (var above = path.Parent; !above.IsRoot; above = above.Parent)
            {
                Add(steps, above, notes, isParent: true);
            }

            foreach (var entry in All(path))
            {
                Add(steps, entry, notes, isParent: false);
            }
        }

        return new([.. steps.Values], notes);
    }

    /// <summary>What would be lost: files of the layer that are other ones than the image's.</summary>
    public static bool Overwrites(Plan<PlainStep> plan) => plan.Steps.Any(s => s.Action == "replace");

    public void Carry(IEnumerable<string> paths)
    {
        foreach (var path in paths.Select(Resolve).SelectMany(p => Above(p).Concat(All(p))).Distinct())
        {
            var metadata = image.Metadata(path);
            metadata = metadata with { Xattrs = metadata.Xattrs.Where(x => x.Key != Label).ToDictionary(x => x.Key, x => x.Value) };
            var facts = image.Stat(path);
            if (facts.Kind == FileKind.Socket)
            {
                continue;
            }

            if (!facts.IsDirectory)
            {
                layer.CopyFrom(image, path, path, metadata);
            }
            else if (layer.TryStat(path) is null)
            {
                layer.MakeDirectory(path, metadata);
            }
        }

        layer.SyncFileSystem();
    }

    private ImagePath Resolve(string named)
    {
        var path = ImagePath.Of(named);
        if (path.IsRoot)
        {
            throw UserError.Refused("cannot capture /: that would be a whole image", "name files, or directories that belong into an overlay");
        }

        return image.TryStat(path) is null ? throw UserError.Refused($"cannot capture {image.Show(path)}: it does not exist", "name it as it is in the image, such as /etc/motd; what only the overlay has is in its layer already") : image.RealPath(path);
    }

    private void Add(SortedDictionary<ImagePath, PlainStep> steps, ImagePath path, List<string> notes, bool isParent)
    {
        if (SpecialName.Of(path.Name).Means != SpecialName.Meaning.Plain)
        {
            throw UserError.Refused($"cannot capture {image.Show(path)}: in a layer that name means something else", "see docs/overlays.md, special names");
        }

        var (facts, there) = (image.Stat(path), layer.TryStat(path));
        if (there is { } other && other.IsDirectory != facts.IsDirectory)
        {
            throw UserError.Refused($"cannot capture {image.Show(path)}: {layer.Show(path)} is {(other.IsDirectory ? "a" : "no")} directory", "move that away first, or capture into another layer: --layer LAYER");
        }

        if (facts.IsDirectory ? there is null : facts.Kind != FileKind.Socket && !IsSame(path))
        {
            steps[path] = facts.IsDirectory ? new("make-directory", layer.Show(path), isParent ? "on the way" : "as in the image")
                : new(there is null ? "copy" : "replace", layer.Show(path), $"from {image.Show(path)}");
        }
        else if (!isParent && !facts.IsDirectory)
        {
            notes.Add(facts.Kind == FileKind.Socket ? $"{image.Show(path)} is a socket and is left out" : $"{layer.Show(path)} is the same already");
        }
    }

    private bool IsSame(ImagePath path) =>
        EntryComparer.See(layer, path) is { } there && EntryComparer.See(image, path) is { } here
        && EntryComparer.SameButContent(here, image, path, there, layer, path) && (!here.Facts.IsRegular || image.SameContent(path, layer, path));

    private static IEnumerable<ImagePath> Above(ImagePath path) => path.Parent.IsRoot ? [] : Above(path.Parent).Append(path.Parent);

    private IEnumerable<ImagePath> All(ImagePath path)
    {
        var facts = image.Stat(path);
        return !facts.IsDirectory ? [path] : image.List(path).SelectMany(n => All(path.Join(n))).Prepend(path);
    }
}
