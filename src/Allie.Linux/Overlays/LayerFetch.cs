using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Overlays;
using Allie.Rsync;

namespace Allie.Linux.Overlays;

/// <summary>
/// Brings a PC's layers into state/layers. It looks first (one connection, and the end of it when nothing changed), fetches a whole new
/// tree beside the cached one, and looks again: layers that move while they are fetched are torn and are not used.
/// </summary>
/// <param name="state">Our state directory.</param>
/// <param name="server">Where they come from.</param>
/// <param name="work">A directory for the new tree: below state, so that a layer is switched by rename. In a dry run anywhere else.</param>
/// <param name="dryRun">Leave state/layers as it is.</param>
/// <param name="acceptEmpty">A person says that a layer that became empty is meant so.</param>
internal sealed class LayerFetch(ImageRoot state, OverlayServer server, ImageRoot work, bool dryRun, bool acceptEmpty)
{
    private const int MostLooks = 4;
    private static readonly ImagePath Layers = ImagePath.Of("layers");
    private static readonly ImagePath Next = ImagePath.Of("layers.next");

    private readonly List<string> _notes = [];

    internal FetchedLayers Fetch(string image, string pcName)
    {
        var host = new HostLine(state, server, pcName).Fetch(work, !dryRun, _notes);
        var names = LayerStack.For(image, host);
        var fetched = Settle(names, host);
        if (fetched && !state.Exists(Layers) && names.Select(Held).FirstOrDefault(h => h is not null) is { } held)
        {
            throw UserError.Busy($"{held}; nothing was fetched here before", "wait until it is released on the server: allie overlay release");
        }

        var layers = new List<LayerSource>();
        foreach (var name in names)
        {
            if (Choose(name, fetched) is { } root)
            {
                layers.Add(new(name, root));
            }
        }

        if (!dryRun)
        {
            work.RemoveTree(Next);
        }

        return new(layers, _notes) { Host = host };
    }

    /// <summary>True when a new tree lies at Next; false when the cached one is what the server has.</summary>
    private bool Settle(IReadOnlyList<string> names, HostEntry? host)
    {
        var (place, root) = (Layers, state);
        for (var look = 1; look <= MostLooks; look++)
        {
            if ((look > 1 || state.Exists(Layers)) && !Look(root, place, names, host))
            {
                return place == Next;
            }

            if (look < MostLooks)
            {
                FetchAll(names, host);
            }

            (place, root) = (Next, work);
        }

        throw new UserError("the layers kept changing on the server while they were fetched; nothing was applied", "the next run tries again; for a longer edit stop the PCs first");
    }

    private bool Look(ImageRoot root, ImagePath place, IReadOnlyList<string> names, HostEntry? host) =>
        Call("overlay", root, place, Shared(names), true, null).Any(c => !IsScaffolding(c, names))
        || Own(names, host).Any(own => Call(own.Module, root, own.Path.Under(place), own.Filters, true, null).Any(c => c.Name != "./"));

    /// <summary>The directories that hold layers are no part of one; their times and modes here are our own.</summary>
    private static bool IsScaffolding(RsyncChange change, IReadOnlyList<string> names) =>
        change.Name == "./" || (change.Name.EndsWith('/') && names.Any(n => n.StartsWith(change.Name, StringComparison.Ordinal)));

    private void FetchAll(IReadOnlyList<string> names, HostEntry? host)
    {
        work.RemoveTree(Next);
        work.MakeDirectories(Next, 0x1C0);
        Call("overlay", work, Next, Shared(names), false, Layers);
        foreach (var own in Own(names, host))
        {
            work.MakeDirectories(own.Path.Under(Next), 0x1C0);
            Call(own.Module, work, own.Path.Under(Next), own.Filters, false, own.Path.Under(Layers));
        }
    }

    private IReadOnlyList<RsyncChange> Call(string module, ImageRoot root, ImagePath place, IReadOnlyList<string> filters, bool look, ImagePath? like)
    {
        try
        {
            var linkTo = like is { } old && !dryRun && state.Exists(old) ? Show(state, old) : null;
            return server.Fetch(module, Show(root, place) + "/", filters, look, linkTo);
        }
        catch (UserError e) when (module != "overlay" && RsyncExit.IsRefusal(e.Message))
        {
            if (!e.Message.Contains("Unknown module", StringComparison.Ordinal))
            {
                _notes.Add($"{e.Message}; the layers of the last fetch stay in force");
            }

            return [];
        }
    }

    private static IReadOnlyList<string> Shared(IReadOnlyList<string> names) =>
        LayerFilters.For([.. names.Where(n => !n.StartsWith("host/", StringComparison.Ordinal))]);

    /// <summary>host-H is offered to the address in the hosts file only; a PC without one has no layers of its own.</summary>
    private static IEnumerable<(string Module, ImagePath Path, IReadOnlyList<string> Filters)> Own(IReadOnlyList<string> names, HostEntry? host)
    {
        if (host?.Address is not null)
        {
            var top = $"host/{host.Name}";
            yield return ($"host-{host.Name}", ImagePath.Of(top),
                LayerFilters.For([.. names.Where(n => n.StartsWith(top + "/", StringComparison.Ordinal)).Select(n => n[(top.Length + 1)..])]));
        }
    }

    private ImageRoot? Choose(string name, bool fetched)
    {
        var (cached, next) = (ImagePath.Of(name).Under(Layers), ImagePath.Of(name).Under(Next));
        if (fetched && Held(name) is { } held)
        {
            _notes.Add($"{held}; it stays as it was fetched last");
            return state.Exists(cached) ? state.OpenBelow(cached) : null;
        }

        var (isThere, hadFiles) = (fetched && work.Exists(next), LayerDirectories.HasFiles(state, cached));
        if (fetched && hadFiles && !acceptEmpty && !LayerDirectories.HasFiles(work, next))
        {
            _notes.Add($"layer {name} has {(isThere ? "become empty" : "vanished")} on the server; its files of the last fetch stay in force (if it is meant: allie apply -y)");
            isThere = false;
        }
        else if (fetched && !isThere && acceptEmpty && !dryRun)
        {
            state.RemoveTree(cached);
        }

        if (isThere && dryRun)
        {
            return work.OpenBelow(next);
        }

        if (isThere)
        {
            LayerDirectories.Switch(state, next, cached);
        }

        return state.Exists(cached) && !(fetched && acceptEmpty && !isThere) ? state.OpenBelow(cached) : null;
    }

    /// <summary>
    /// The administrator is in the middle of an edit: what the PC has stays. A PC that has nothing at all waits, rather than to do without. Null: not held.
    /// </summary>
    private string? Held(string name)
    {
        var hold = ImagePath.Of(name).Under(Next).Join(SpecialName.Hold);
        return !work.Exists(hold) ? null : $"layer {name} is held on the server{(work.TryReadText(hold)?.Trim() is { Length: > 0 } why ? ": " + why : "")}";
    }

    /// <summary>For rsync's command line: links on the way resolved inside the root.</summary>
    private static string Show(ImageRoot root, ImagePath path) => Path.Combine(root.HostPath, path.Raw);
}
