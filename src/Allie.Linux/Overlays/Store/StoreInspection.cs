using System.Text;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Fleet;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.Lint;

namespace Allie.Linux.Overlays.Store;

/// <summary>Reads the layers of a store for `overlay lint`, each beside the images that it is for.</summary>
public sealed class StoreInspection(ServerTrees trees)
{
    private static readonly ProtectedPaths Guard = new(ImagePath.Of("var/lib/allie"));

    private readonly Dictionary<string, IReadOnlySet<uint>?> _users = [];

    /// <param name="only">Layers to look at; none means all.</param>
    public IReadOnlyList<LintFinding> Look(IReadOnlyCollection<string> only)
    {
        var findings = new List<LintFinding>(only.Count == 0 ? StoreLint.Check(trees.Hosts, trees.Images) : []);
        findings.AddRange(LayerLinks.LeadingOut(trees.Overlays.HostPath).Select(
            p => new LintFinding("host-link", p.Components.First(), p, "a link out of the layers: a server before rsync 3.5.0 can be made to tell lines of what is behind it", "remove it", IsError: true)));
        foreach (var name in trees.Layers().Where(l => only.Count == 0 || only.Contains(l)))
        {
            findings.AddRange(StoreLint.Check(name, trees.Overlays.Stat(ImagePath.FromRaw(name)), trees.Hosts, trees.Images));
            var layer = trees.Open([name])[0];
            string?[] images = [.. name.Split('/')[^1] is var last && last == "all" ? trees.Images : trees.Images.Where(i => i == last)];
            foreach (var image in images.DefaultIfEmpty(null))
            {
                findings.AddRange(Look(layer, image));
            }
        }

        return [.. findings.DistinctBy(f => (f.Rule, f.Layer, f.Path, f.Fix, f.Message))];
    }

    /// <summary>What a PC's report says of packages' new defaults, where its layers still have a file of that name.</summary>
    /// <param name="host">The PC.</param>
    /// <param name="image">One of its images.</param>
    /// <param name="layers">Those of that image, lowest first.</param>
    public (IReadOnlyList<LintFinding> Findings, string? Note) OnPc(string host, string image, IReadOnlyList<string> layers)
    {
        var (paths, note) = trees.NewDefaults(host, image);
        var merged = LayerMerge.Merge([.. trees.Open(layers).Select(l => ServerTrees.Scan(l, trees.Image(image)))]);
        return ([.. (paths ?? []).Select(shown => Found(shown)).OfType<LintFinding>()], note);

        LintFinding? Found(string shown) =>
            !shown.Split('/').Contains("..") && EntryLint.WithoutNewDefaultEnd(ImagePath.Of(shown)) is { } meant && merged.Wanted.TryGetValue(meant, out var wish) && wish.Kind == WantedKind.Entry
                ? new("new-default", wish.Layer, wish.Source, $"{host} has {shown} in its image {image}: a package brought a new default; does this file still fit?", $"compare on {host}, then remove {shown} there", IsNote: true)
                : null;
    }

    private IEnumerable<LintFinding> Look(LayerSource layer, string? image)
    {
        var root = image is null ? null : trees.Image(image);
        var scanned = ServerTrees.Scan(layer, root);
        var merged = LayerMerge.Merge([scanned]);
        var places = scanned.Entries.ToDictionary(e => e.Path, e => e.Place);
        var findings = merged.Faults.Select(f => new LintFinding("special-name", layer.Name, f.Path, f.Reason, $"rename it or remove it: ls -A {layer.Root.Show(f.Path.Parent)}", IsError: true))
            .Concat(merged.Wanted.Values.Select(w => (Wish: w, Why: Guard.Refuse(w))).Where(r => r.Why is not null)
                .Select(r => new LintFinding("protected", layer.Name, r.Wish.Source, r.Why!, $"rm -r {layer.Root.Show(r.Wish.Source)}", IsError: true)))
            .ToList();
        foreach (var path in All(layer.Root, ImagePath.Root))
        {
            findings.AddRange(EntryLint.Check(Entry(layer, image, root, path, places.GetValueOrDefault(path, path)), layer.Root.Show(path)));
        }

        return findings;
    }

    private static IEnumerable<ImagePath> All(ImageRoot root, ImagePath directory)
    {
        foreach (var path in root.List(directory).Select(directory.Join).Where(p => p.Raw != SpecialName.Hold))
        {
            yield return path;
            if (root.Stat(path).IsDirectory)
            {
                foreach (var below in All(root, path))
                {
                    yield return below;
                }
            }
        }
    }

    private LintEntry Entry(LayerSource layer, string? image, ImageRoot? root, ImagePath path, ImagePath place)
    {
        var facts = layer.Root.Stat(path);
        var special = SpecialName.Of(path.Name);
        var meant = special.Target.Length > 0 ? place.Parent.Join(special.Target) : place;
        var own = Sight(root, meant);
        var same = own is not null && EntryComparer.See(layer.Root, path) is { } sight && !facts.IsDirectory
            && EntryComparer.SameButContent(own, root!, meant, sight, layer.Root, path)
            && (!facts.IsRegular || root!.SameContent(meant, layer.Root, path));
        return new(layer.Name, image, path, meant, facts, own?.Facts, same, facts.IsRegular && IsPrivateKey(layer.Root, path), Users(image, root))
        {
            NewDefault = facts.IsRegular && own is not null ? EntryLint.NewDefaultEnds.FirstOrDefault(e => Sight(root, meant.Parent.Join(meant.Name + e)) is not null) : null,
        };
    }

    private static EntryComparer.Sight? Sight(ImageRoot? root, ImagePath path)
    {
        try
        {
            return root is null ? null : EntryComparer.See(root, path);
        }
        catch (LinuxException)
        {
            return null; // a link loop on the way: told as a fault of the path
        }
    }

    private static bool IsPrivateKey(ImageRoot root, ImagePath path)
    {
        var head = new byte[64];
        using var file = root.OpenRead(path);
        var text = Encoding.Latin1.GetString(head, 0, file.ReadAtLeast(head, head.Length, false));
        return text.StartsWith("-----BEGIN ", StringComparison.Ordinal) && text.Contains("PRIVATE KEY", StringComparison.Ordinal);
    }

    private IReadOnlySet<uint>? Users(string? image, ImageRoot? root)
    {
        if (image is null || root is null)
        {
            return null;
        }

        if (!_users.TryGetValue(image, out var users))
        {
            var lines = root.TryReadText(ImagePath.Of("etc/passwd"))?.Split('\n');
            users = lines?.Select(l => l.Split(':')).Where(f => f.Length > 2 && uint.TryParse(f[2], out _)).Select(f => uint.Parse(f[2])).ToHashSet();
            _users[image] = users;
        }

        return users;
    }
}
