using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Images.Digests;
using Allie.Linux.Images.Fetch;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Rsync;
using Allie.Plans;

namespace Allie.Linux.Fleet;

/// <summary>
/// Makes this server's store have what another's has. A generation gets its place only when every path of it is as its catalogue says; current
/// moves after that. Nothing is ever removed here because it is not there: an unmounted or emptied source takes nothing away.
/// </summary>
public sealed class Mirror(RsyncRunner rsync, ServerSettings settings, MirrorSource source) : IDisposable
{
    private const string Incoming = ".incoming", OverlaysName = "overlays", HostsName = "hosts";
    private readonly ImageStore _store = new(settings.Images);

    private readonly Scratch _seen = new("/run/allie"); // not in the store: a dry run writes nothing there

    private string Seen => _seen.Path;

    public void Dispose() => _seen.Dispose();

    /// <summary>Looks at the other side, and says what is to be fetched and switched.</summary>
    /// <exception cref="UserError">Exit 5: not reached. Exit 1: it has no image at all.</exception>
    public Plan<PlainStep> Look()
    {
        rsync.Run(source.Look(Seen), $"look at the store {source.From}");
        var there = new ImageStore(Seen);
        var names = Directory.Exists(Seen + "/.generations") ? there.Published() : [];
        if (names.Count == 0)
        {
            throw new UserError($"cannot mirror {source.From}: it has no published image", "is its store mounted, and is this its path? nothing was changed here");
        }

        var steps = new List<PlainStep>();
        foreach (var image in names)
        {
            var current = there.Current(image)!.Value;
            var wanted = there.Tags(image).Select(t => t.Generation).Append(current).Distinct().Where(g => Catalogued(there, image, g)).Order().ToList();
            steps.AddRange(wanted.Where(g => !_store.GenerationsOf(image).Contains(g)).Select(g => new PlainStep("fetch", $"{image}@{g}", g == current ? "current there" : "tagged there")));
            if (_store.Current(image) != current)
            {
                steps.Add(new("switch", $"{image}@{current}", _store.HoldNote(image) is null ? $"here it is {_store.Current(image)?.ToString() ?? "none"}" : "held here: it stays"));
            }

            steps.AddRange(there.Tags(image).Except(_store.Tags(image)).Where(t => wanted.Contains(t.Generation)).Select(t => new PlainStep("tag", $"{image}@{t.Generation}", t.Tag)));
        }

        if (!Directory.Exists(settings.Overlays) || rsync.Run(source.OverlaysAgain(settings.Overlays), $"compare the overlays of {source.From}").Count > 0)
        {
            steps.Add(new("fetch", OverlaysName, "they differ from those there"));
        }

        if (rsync.Run(source.Hosts(Path.GetDirectoryName(settings.Hosts)!) with { DryRun = true, Itemize = true, Checksum = true }, $"look at the hosts file of {source.From}").Any(c => c.IsContent))
        {
            steps.Add(new("fetch", HostsName, "it differs from the one there"));
        }

        return new(steps, [.. _store.Published().Except(names).Select(n => $"image {n} is not there any more; it stays here: allie image remove {n}")]);
    }

    public void Carry(Plan<PlainStep> plan, Transfer transfer)
    {
        foreach (var step in plan.Steps.Where(s => s.Target is not (OverlaysName or HostsName)))
        {
            var what = ImageReference.Parse(step.Target);
            using var held = _store.Lock(what.Name);
            switch (step.Action)
            {
                case "fetch":
                    Fetch(what.Name, what.Number!.Value, transfer);
                    break;
                case "switch" when _store.HoldNote(what.Name) is null:
                    _store.MakeCurrent(what.Name, what.Number!.Value);
                    break;
                case "tag":
                    _store.Tag(what.Name, what.Number!.Value, ImageReference.CheckTag(step.Reason));
                    break;
            }
        }

        if (plan.Steps.Any(s => s.Target == OverlaysName))
        {
            Overlays();
        }

        if (plan.Steps.Any(s => s.Target == HostsName))
        {
            Hosts();
        }
    }

    private static bool Catalogued(ImageStore there, string image, int generation) =>
        there.CatalogueOf(image, generation) is not null
            ? true
            : throw new UserError($"cannot mirror {image}@{generation}: it has no catalogue there", $"on that server: allie image verify {image}@{generation} --rebuild");

    private void Fetch(string image, int generation, Transfer transfer)
    {
        var there = new ImageStore(Seen);
        var home = ImagePath.Of(Generations.Directory).Join(image);
        using var images = ImageRoot.Open(settings.Images);
        images.MakeDirectories(home, 0x1C0);
        if (!images.Exists(home.Join(Incoming)))
        {
            images.MakeDirectory(home.Join(Incoming), FileMetadata.Root(0x1C0, ImageRoot.Now));
        }

        var into = images.Show(home.Join(Incoming));
        var older = Generations.Before(_store.GenerationsOf(image), generation) ?? _store.Current(image);
        transfer($"fetch {image}@{generation}", bar => rsync.Run(source.Generation(image, generation, into, older is { } basis ? _store.TreeOf(image, basis) : null), $"fetch {image}@{generation} from {source.From}", bar));
        var faults = TreeHashes.Faults(into, there.CatalogueOf(image, generation)!).Take(1).ToList();
        if (faults.Count > 0)
        {
            throw new UserError(
                $"cannot mirror {image}@{generation}: {faults[0].Path} is {faults[0].Kind}, it is not what its catalogue says",
                $"it rotted there or here; on that server: allie image verify {image}@{generation}; what PCs get here is as before");
        }

        AtomicFile.Write(_store.CatalogueFile(image, generation), File.ReadAllBytes(there.CatalogueFile(image, generation)), 0x180);
        _store.WriteLastNumber(image, Math.Max(generation, there.LastNumber(image)));
        images.SyncFileSystem();
        images.Rename(home.Join(Incoming), home.Join($"{generation}"));
        images.SyncFileSystem();
    }

    /// <summary>A whole new tree beside the old one, exchanged in one step: a PC's connection sees the one or the other.</summary>
    private void Overlays()
    {
        var (now, next) = (settings.Overlays, settings.Overlays + ".incoming");
        PrivateDirectory.Make(next);
        rsync.Run(source.Overlays(next, now), $"fetch the overlays of {source.From}");
        if (rsync.Run(source.OverlaysAgain(next), $"compare the overlays of {source.From}") is { Count: > 0 } left)
        {
            throw new UserError($"cannot mirror the overlays: {left.Count} paths changed meanwhile, {left[0].Name} first", "run the command again when nobody edits there; here they are as before");
        }

        using var parent = ImageRoot.Open(Path.GetDirectoryName(now)!);
        if (!Directory.Exists(next + "/all"))
        {
            throw new UserError($"cannot mirror the overlays of {source.From}: there is no overlays/all", "is it a store? here they are as before");
        }

        parent.SyncFileSystem();
        parent.Exchange(ImagePath.Of(Path.GetFileName(now)), ImagePath.Of(Path.GetFileName(next)));
        parent.RemoveTree(ImagePath.Of(Path.GetFileName(next)));
    }

    private void Hosts()
    {
        using var scratch = new Scratch("/run/allie");
        rsync.Run(source.Hosts(scratch.Path), $"fetch the hosts file of {source.From}");
        using var root = ImageRoot.Open(scratch.Path);
        if (root.TryStat(ImagePath.Of("hosts")) is { IsRegular: true, Size: > 0 })
        {
            AtomicFile.Write(settings.Hosts, root.ReadFile(ImagePath.Of("hosts")));
        }
    }
}
