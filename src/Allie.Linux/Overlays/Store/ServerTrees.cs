using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Fleet;
using Allie.Linux.Images;
using Allie.Linux.Overlays.Diff;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Diff;
using Allie.Overlays.Layers;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays.Store;

/// <summary>What the server has: overlays/, the published images and the hosts file. Reads only.</summary>
public sealed class ServerTrees : IDisposable
{
    private readonly ServerSettings _settings;
    private readonly Stack<ImageRoot> _open = new();

    /// <exception cref="UserError">Exit 2: no overlays directory.</exception>
    public ServerTrees(ServerSettings settings)
    {
        _settings = settings;
        Overlays = Directory.Exists(settings.Overlays)
            ? Keep(ImageRoot.Open(settings.Overlays))
            : throw UserError.Refused($"there is no overlays directory {settings.Overlays}", "make the store first: allie server init");
        Hosts = HostsFile.Parse(File.Exists(settings.Hosts) ? File.ReadAllText(settings.Hosts) : "", settings.Hosts);
    }

    public ImageRoot Overlays { get; }

    public HostsFile Hosts { get; }

    /// <summary>The published images' names.</summary>
    public IReadOnlyList<string> Images => Directory.Exists(_settings.Images) ? new ImageStore(_settings.Images).Published() : [];

    /// <summary>Every layer directory below overlays/: all, f18, group/G/all, host/H/f18.</summary>
    public IReadOnlyList<string> Layers()
    {
        var layers = new List<string>();
        foreach (var name in Directories(ImagePath.Root))
        {
            if (name is not ("group" or "host"))
            {
                layers.Add(name);
                continue;
            }

            foreach (var owner in Directories(ImagePath.FromRaw(name)))
            {
                layers.AddRange(Directories(ImagePath.FromRaw($"{name}/{owner}")).Select(l => $"{name}/{owner}/{l}"));
            }
        }

        return layers;
    }

    public IReadOnlyList<string> Directories(ImagePath directory) =>
        Overlays.TryStat(directory) is { IsDirectory: true }
            ? [.. Overlays.List(directory).Where(n => n[0] != '.' && Overlays.Stat(directory.Join(n)).IsDirectory)]
            : [];

    /// <summary>These of the layers that are there, lowest first.</summary>
    public IReadOnlyList<LayerSource> Open(IEnumerable<string> layers) =>
        [.. layers.Where(l => Overlays.TryStat(ImagePath.FromRaw(l)) is { IsDirectory: true }).Select(l => new LayerSource(l, Keep(Overlays.OpenBelow(ImagePath.FromRaw(l)))))];

    /// <summary>The tree that PCs get of an image; null when none is published.</summary>
    public ImageRoot? Image(string name)
    {
        if (!Images.Contains(name))
        {
            return null;
        }

        var link = new FileInfo(Path.Combine(_settings.Images, ImageName.Check(name)));
        return Keep(ImageRoot.Open(link.ResolveLinkTarget(true)?.FullName ?? link.FullName));
    }

    /// <summary>How many files a layer has.</summary>
    public int Files(string layer) =>
        LayerEdits.Files(Overlays, ImagePath.FromRaw(layer)).Count(f => f.Path != ImagePath.FromRaw(layer).Join(SpecialName.Hold));

    /// <summary>What a PC's layers change in an image that has none of them yet.</summary>
    public (IReadOnlyList<PathDifference> Differences, IReadOnlyList<PathFault> Faults) Compare(string? host, string image, ImageRoot tree, IEnumerable<string> layers)
    {
        var (state, sources) = (ImagePath.Of("var/lib/allie"), Open(layers));
        var engine = new OverlayEngine(tree, state, ImagePath.Of("root/util/allie"), facts: () => ServerFacts.Of(Find(host), image, tree, Reported(host, image).Facts));
        return new OverlayDifferences(tree, state, engine.Contents(sources)).Of(engine.Plan(sources));
    }

    /// <summary>What a template becomes on a PC, as far as the server knows it; null for what is no template.</summary>
    /// <exception cref="UserError">It needs what only the PC knows, or has a mistake: where.</exception>
    public byte[]? Render(string? host, string image, ImageRoot? tree, LayerSource layer, Wanted wish) =>
        new LayerContents(new Dictionary<string, ImageRoot> { [layer.Name] = layer.Root }, () => ServerFacts.Of(Find(host), image, tree, Reported(host, image).Facts)).Rendered(wish);

    /// <summary>What the PC's last report says of it; why there is nothing, for people.</summary>
    public (TemplateValues? Facts, string? Note) Reported(string? host, string image) => host is null ? (null, null) : ReportFile.Read(_settings.Reports, host, image);

    /// <summary>Files of an image that a PC says packages left beside its overlay files.</summary>
    public (IReadOnlyList<string>? Paths, string? Note) NewDefaults(string host, string image) => ReportFile.NewDefaults(_settings.Reports, host, image);

    private HostEntry? Find(string? host) => host is null ? null : Hosts.Find(host);

    /// <summary>A layer's names as they land in an image; as they are written when the image is not known.</summary>
    public static Layer Scan(LayerSource layer, ImageRoot? image) => new LayerScanner(layer, NoLinks(image ?? layer.Root)).Scan();

    public void Dispose()
    {
        while (_open.TryPop(out var root))
        {
            root.Dispose();
        }
    }

    /// <summary>An image on the server has nothing applied.</summary>
    private static Places NoLinks(ImageRoot image) => new(image, new StateTree(image, ImagePath.Of("var/lib/allie/applied")), new Mountpoints(image, allowNetwork: true));

    private ImageRoot Keep(ImageRoot root)
    {
        _open.Push(root);
        return root;
    }
}
