using Allie.Errors;
using Allie.Files;
using Allie.Overlays.Layers;
using Allie.Rsync;

namespace Allie.Linux.Overlays.Layers;

/// <summary>
/// One visit of a PC to the server. It looks first (one connection, and the end of it when nothing changed), else fetches a whole new tree
/// beside the cached one and looks again: what moves while it is fetched is torn and is not used. Which layers to ask for, and where a layer
/// that is a link leads, is known from what was fetched last; when that changed too, it asks again before it looks.
/// </summary>
/// <param name="server">Whom to ask.</param>
/// <param name="cached">As it was fetched last.</param>
/// <param name="next">Where a new tree goes.</param>
/// <param name="linkUnchanged">Files that did not change become links to those in cached.</param>
internal sealed class LayerVisit(OverlayServer server, Mirror cached, Mirror next, bool linkUnchanged)
{
    internal static readonly ImagePath Cached = ImagePath.Of("layers");
    internal static readonly ImagePath Next = ImagePath.Of("layers.next");

    private const int MostFetches = 4;

    private readonly List<string> _notes = [];
    private LayerRequest _asked = LayerRequest.None;
    private bool _refused;
    private IReadOnlyList<SourceRefusal> _unread = cached.Refused;

    internal IReadOnlyList<string> Notes => [.. _notes.Distinct()];

    /// <summary>What was asked for in the end.</summary>
    internal LayerRequest Asked => _asked;

    /// <summary>What the server could not read of it: not here, or as an empty directory.</summary>
    internal IReadOnlyList<SourceRefusal> Unread => _unread;

    /// <summary>The server did not let this PC see its own layers.</summary>
    internal bool IsRefused => _refused;

    /// <summary>True when a new tree lies at next; false when the cached one is what the server has.</summary>
    internal bool Settle(IReadOnlyList<string> images, string pcName)
    {
        var place = cached;
        for (var fetches = 0; ; fetches++)
        {
            var before = _asked;
            _asked = Ask(place, images, pcName);
            var isWhole = fetches == 0 ? cached.Exists : _asked.IsSameAs(before);
            if (isWhole && IsSettled(Call(place, images, pcName, look: true), isFirst: fetches == 0))
            {
                return fetches > 0;
            }

            if (fetches == MostFetches)
            {
                var edited = _unread.FirstOrDefault(r => r.IsEdited);
                throw new UserError(
                    $"the layers kept changing on the server while they were fetched{(edited is null ? "" : $" ({RawName.Display(edited.Path.Raw)}: {edited.Why})")}; nothing was applied",
                    "the next run tries again; for a longer edit stop the PCs first");
            }

            next.Root.RemoveTree(next.Top);
            next.Root.MakeDirectories(next.Top, 0x1C0);
            _unread = Call(next, images, pcName, look: false).Refused;
            next.Refused = _unread;
            place = next;
        }
    }

    /// <summary>
    /// A look opens no files, so after a fetch it says again that a refused one is missing. Before a fetch that means one: the file may be readable by now.
    /// </summary>
    private bool IsSettled((IReadOnlyList<RsyncChange> Changes, IReadOnlyList<SourceRefusal> Refused) look, bool isFirst)
    {
        var known = _unread.Select(r => r.Name).ToHashSet();
        return !_unread.Any(r => r.IsEdited) && look.Changes.All(c => _asked.IsScaffolding(c) || (!isFirst && known.Contains(c.Name)))
            && (isFirst ? known.SetEquals(look.Refused.Select(r => r.Name)) : known.IsSupersetOf(look.Refused.Select(r => r.Name)));
    }

    private LayerRequest Ask(Mirror place, IReadOnlyList<string> images, string pcName)
    {
        var host = HostLine.Find(place.HostsText, pcName) ?? HostLine.Find(cached.HostsText, pcName);
        var isOwn = server.Link.ShowsOwnLayers(host) && !_refused;
        string[] names = [.. images.SelectMany(i => LayerStack.For(i, host)).Distinct().Where(n => isOwn || !n.StartsWith("host/", StringComparison.Ordinal))];
        return new(server.Link.OverlayModule(host, isOwn), names, [.. names.Select(place.TryTarget).OfType<ImagePath>()]) { Host = host };
    }

    private (IReadOnlyList<RsyncChange> Changes, IReadOnlyList<SourceRefusal> Refused) Call(Mirror place, IReadOnlyList<string> images, string pcName, bool look)
    {
        try
        {
            return Call(place, look);
        }
        catch (UserError e) when (_asked.Module != "pc" && RsyncExit.IsRefusal(e.Message))
        {
            _notes.Add($"{e.Message}; this PC's own layers of the last fetch stay in force");
            _refused = true;
            _asked = Ask(look ? place : cached, images, pcName);
            return Call(place, look);
        }
    }

    private (IReadOnlyList<RsyncChange> Changes, IReadOnlyList<SourceRefusal> Refused) Call(Mirror place, bool look) =>
        server.Fetch(_asked.Module, place.HostPath, _asked.Filters, look, !look && linkUnchanged && cached.Exists ? cached.HostPath : null);
}
