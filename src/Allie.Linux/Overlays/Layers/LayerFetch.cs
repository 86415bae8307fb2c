using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Rsync;

namespace Allie.Linux.Overlays.Layers;

/// <summary>
/// Brings a PC's layers into state/layers. A layer is switched by rename when a whole new tree has come; one that vanished, became empty or
/// is held stays as it was fetched last.
/// </summary>
/// <param name="state">Our state directory.</param>
/// <param name="server">Where they come from.</param>
/// <param name="work">A directory for the new tree: below state, so that a layer is switched by rename. In a dry run anywhere else.</param>
/// <param name="dryRun">Leave state/layers as it is.</param>
/// <param name="acceptEmpty">A person says that a layer that became empty is meant so.</param>
/// <param name="origins">Tells which layers were in force, also where no copy of one is here any more.</param>
internal sealed class LayerFetch(ImageRoot state, OverlayServer server, ImageRoot work, bool dryRun, bool acceptEmpty, Origins origins)
{
    private readonly Mirror _cached = new(state, LayerVisit.Cached);
    private readonly Mirror _next = new(work, LayerVisit.Next);
    private readonly List<string> _notes = [];
    private readonly List<PathFault> _faults = [];
    private readonly List<SourceRefusal> _stillUnread = [];
    private readonly HashSet<string> _missing = [];
    private LayerRefusals _unread = new([]);
    private LayerRefusals _unreadBefore = new([]);

    internal FetchedLayers Fetch(string image, string pcName)
    {
        _unreadBefore = new(_cached.Refused);
        var visit = new LayerVisit(server, _cached, _next, linkUnchanged: !dryRun);
        var fetched = visit.Settle([image], pcName);
        _unread = new(visit.Unread);
        _notes.AddRange(visit.Notes);
        var host = visit.Asked.Host;
        Tell((fetched ? _next : _cached).HostsText, pcName);
        var names = LayerStack.For(image, host);
        if (fetched && !_cached.Exists && names.Select(Held).FirstOrDefault(h => h is not null) is { } held)
        {
            throw UserError.Busy($"{held}; nothing was fetched here before", "wait until it is released on the server: allie overlay release");
        }

        Remember([.. _unreadBefore.Unread.Union(_unread.Unread)]); // a kill between two layers: a path too many is left as it is
        List<LayerSource> layers = [.. names.Select(n => Choose(n, fetched && visit.Asked.Layers.Contains(n))).OfType<LayerSource>()];
        Remember([.. _stillUnread.Distinct()]);

        if (!dryRun)
        {
            if (fetched)
            {
                KeepHosts(pcName);
            }

            work.RemoveTree(LayerVisit.Next);
        }

        return new(layers, _notes) { Host = host, Faults = _faults, Missing = _missing };
    }

    /// <summary>A line that vanished is taken for a mistake: the last one holds.</summary>
    private void Tell(string? text, string pcName)
    {
        var (entry, last) = (HostLine.Find(text, pcName, _faults), HostLine.Find(_cached.HostsText, pcName));
        LackGroups(isLineKnown: entry is not null || last is not null);
        if (_unread.OfHosts is { } unread)
        {
            _stillUnread.Add(unread);
            _faults.Add(new(ImagePath.Root, "", $"hosts: {LayerRefusals.Says(unread)}"));
        }
        else if (entry is null && last is not null)
        {
            _notes.Add(text is null
                ? "the server shows no hosts file any more; the last one holds"
                : $"the server's hosts file has no line for {pcName} any more; the groups of its last line hold");
        }
    }

    private void KeepHosts(string pcName)
    {
        if (_next.HostsText is { } text && (HostLine.Find(text, pcName) is not null || HostLine.Find(_cached.HostsText, pcName) is null))
        {
            state.MakeDirectories(_cached.Top, 0x1C0);
            state.Rename(_next.HostsFile, _cached.HostsFile);
        }
    }

    private void Remember(IReadOnlyList<SourceRefusal> unread)
    {
        if (!dryRun && !_cached.Refused.ToHashSet().SetEquals(unread))
        {
            state.MakeDirectories(_cached.Top, 0x1C0);
            _cached.Refused = unread;
        }
    }

    private LayerSource? Choose(string name, bool fetched)
    {
        if (fetched && Held(name) is { } held)
        {
            _notes.Add($"{held}; it stays as it was fetched last");
            return Last(name);
        }

        if ((Unread(name) ?? (fetched ? _next.Fault(name) : null)) is { } fault)
        {
            _faults.Add(new(ImagePath.Root, name, fault));
            var last = Last(name);
            if (last is null)
            {
                Lack(name);
            }

            return last;
        }

        var (cached, next) = (Tree(_cached, name), fetched ? Tree(_next, name) : null);
        var (isThere, hadFiles) = (next is { } tree && work.Exists(tree), cached is { } old && LayerDirectories.HasFiles(state, old));
        if (fetched && hadFiles && !acceptEmpty && !(isThere && HasFiles(name, next!.Value)))
        {
            _notes.Add($"layer {name} has {(isThere ? "become empty" : "vanished")} on the server; its files of the last fetch stay in force (if it is meant: allie apply -y)");
            isThere = false;
        }
        else if (fetched && !isThere && acceptEmpty)
        {
            origins.GiveUp([name]);
            Withdraw(name, cached);
            return null;
        }

        if (!hadFiles && !(isThere && HasFiles(name, next!.Value)) && origins.Layers.Contains(name))
        {
            LackVanished(name);
        }

        if (!isThere)
        {
            return Last(name);
        }

        if (!dryRun)
        {
            Switch(name, cached, next!.Value);
        }

        return Source(name, dryRun ? _next : _cached, _unread);
    }

    /// <summary>Why nothing is known of the layer; null when it was read.</summary>
    private string? Unread(string name)
    {
        var mirror = _next.Exists ? _next : _cached;
        var unread = _unread.Covering(Mirror.Named(name)) ?? (mirror.TryTarget(name) is null ? null : _unread.Covering(mirror.NamedTree(name)));
        if (unread is null)
        {
            return null;
        }

        _stillUnread.Add(unread);
        return LayerRefusals.Says(unread);
    }

    private LayerSource Source(string name, Mirror mirror, LayerRefusals unread)
    {
        _stillUnread.AddRange(unread.Below(mirror.NamedTree(name)));
        return mirror.Source(name, unread);
    }

    /// <summary>Also what is there and could not be read.</summary>
    private bool HasFiles(string name, ImagePath next) => LayerDirectories.HasFiles(work, next) || _unread.Below(_next.NamedTree(name)).Any();

    private void Lack(string name)
    {
        _missing.Add(name);
        if (origins.Layers is { Count: 0 } || origins.Layers.Contains(name))
        {
            _notes.Add($"what came from layer {name} stays: there is no earlier copy of it here");
        }
    }

    private void LackVanished(string name)
    {
        if (acceptEmpty)
        {
            origins.GiveUp([name]);
        }
        else if (_missing.Add(name))
        {
            _faults.Add(new(ImagePath.Root, name, "it has vanished or become empty on the server, and its copy of the last fetch is gone; what came from it stays (if it is meant: allie apply -y)"));
        }
    }

    /// <summary>A PC whose line is found nowhere, though files of its groups are in force: its copy of the line is gone, too.</summary>
    private void LackGroups(bool isLineKnown)
    {
        if (isLineKnown)
        {
            return;
        }

        if (acceptEmpty && _unread.OfHosts is null)
        {
            origins.GiveUp([.. origins.Layers.Where(IsOfHostsLine)]);
        }
        else if (origins.Layers.Any(IsOfHostsLine) || (_unread.OfHosts is not null && origins.Layers.Count == 0))
        {
            _missing.UnionWith(origins.Layers.Where(IsOfHostsLine).Append("hosts"));
            _notes.Add("what came from layers of groups and of this PC alone stays: there is no line of the hosts file here that says which they are (if it has none any more: allie apply -y)");
        }
    }

    private static bool IsOfHostsLine(string layer) => layer.StartsWith("group/", StringComparison.Ordinal) || layer.StartsWith("host/", StringComparison.Ordinal);

    private void Withdraw(string name, ImagePath? cached)
    {
        if (!dryRun)
        {
            state.RemoveTree(_cached.At(name));
            state.RemoveTree(cached ?? _cached.At(name));
        }
    }

    /// <summary>Where the layer is a link, the directory it leads to comes first: a kill in between leaves the old link with the old directory.</summary>
    private void Switch(string name, ImagePath? cached, ImagePath next)
    {
        if (next != _next.At(name))
        {
            LayerDirectories.Switch(state, next, Same(next));
        }

        LayerDirectories.Switch(state, _next.At(name), _cached.At(name));
        if (cached is { } old && old != Same(next) && old != _cached.At(name))
        {
            state.RemoveTree(old);
        }
    }

    /// <summary>The same place in the cached tree.</summary>
    private static ImagePath Same(ImagePath next) => ImagePath.FromRaw(next.Raw[(LayerVisit.Next.Raw.Length + 1)..]).Under(LayerVisit.Cached);

    private LayerSource? Last(string name) => Tree(_cached, name) is { } tree && state.Exists(tree) ? Source(name, _cached, _unreadBefore) : null;

    /// <summary>Null for a link that leads to what is not shown: a fault of the layer.</summary>
    private static ImagePath? Tree(Mirror mirror, string name)
    {
        try
        {
            return mirror.Tree(name);
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>
    /// The administrator is in the middle of an edit: what the PC has stays. A PC that has nothing at all waits, rather than to do without. Null: not held.
    /// </summary>
    private string? Held(string name)
    {
        var hold = Tree(_next, name)?.Join(SpecialName.Hold);
        return hold is not { } mark || !work.Exists(mark) ? null : $"layer {name} is held on the server{(work.TryReadText(mark)?.Trim() is { Length: > 0 } why ? ": " + why : "")}";
    }
}
