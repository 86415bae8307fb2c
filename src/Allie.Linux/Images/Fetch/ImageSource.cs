using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Fetch;
using Allie.Linux.Files;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Images.Fetch;

/// <summary>One image on a server: looks at it, and fetches it.</summary>
/// <param name="rsync">Runs the calls.</param>
/// <param name="url">Of a module.</param>
/// <param name="address">The server.</param>
/// <param name="port">Of its rsyncd.</param>
/// <param name="image">The image's name.</param>
/// <param name="runDirectory">For small files while a call runs: /run/allie.</param>
public sealed class ImageSource(RsyncRunner rsync, Func<string, string> url, string address, int port, string image, string runDirectory)
{
    /// <summary>"10.0.0.1"; an IPv6 address gets its brackets.</summary>
    public string Server => address.Contains(':') && !address.StartsWith('[') ? $"[{address}]" : address;

    /// <summary>Bytes per second as rsync's --bwlimit takes them; null for no limit.</summary>
    public string? Bandwidth { get; init; }

    /// <summary>The same image with a limit of its own.</summary>
    public ImageSource LimitedTo(string? bandwidth) => new(rsync, url, address, port, image, runDirectory) { Bandwidth = bandwidth };

    private string Url => url("image-" + image);

    /// <exception cref="UserError">Exit 5: no answer. Exit 1: no such image, or one that is empty or not published.</exception>
    public ImageLook Look()
    {
        using var scratch = new Scratch(runDirectory);
        try
        {
            rsync.Run(FetchCalls.Look(Url, port, scratch.Path + "/"), $"look at image {image} on {address}");
        }
        catch (UserError e) when (e.Message.Contains("Unknown module", StringComparison.Ordinal))
        {
            throw new UserError($"server {address} has no image '{image}'", "on the server: allie image list; then allie server conf", cause: e);
        }

        using var top = ImageRoot.Open(scratch.Path);
        if (top.TryStat(ImagePath.Of("etc")) is null || top.TryStat(ImagePath.Of("usr")) is null)
        {
            throw new UserError($"image '{image}' on {address} is empty: it has no etc or no usr", "is its directory on the server mounted? see: allie image list");
        }

        var stamp = top.TryReadText(ImagePath.Of(ImageStamp.Path))
            ?? throw new UserError($"image '{image}' on {address} has no /{ImageStamp.Path}", $"on the server: allie image publish {image}");
        var parsed = ImageStamp.Parse(stamp, $"{Url}{ImageStamp.Path}");
        var sparse = ImagePath.Of(FetchCalls.SparsePath);
        return parsed.Name != image
            ? throw new UserError($"module image-{image} on {address} holds image '{parsed.Name}'", $"on the server: allie image publish {image}")
            : new(
                parsed, top.Exists(sparse) ? SparseList.Parse(top.ReadFile(sparse)) : SparseList.None,
                top.TryReadText(ImagePath.Of(ImageFacts.Path)) is { } facts ? ImageFacts.Parse(facts, $"{Url}{ImageFacts.Path}") : ImageFacts.Unknown);
    }

    /// <summary>
    /// What differs, where the image's lists can tell; else everything, then what has holes, then a proof that nothing differs.
    /// </summary>
    /// <param name="look">From <see cref="Look"/>.</param>
    /// <param name="target">A directory that holds nothing else; its file system is flushed by the caller.</param>
    /// <param name="start">What is in the target already.</param>
    /// <param name="transfer">Runs a call under a progress bar with this title.</param>
    public void Fetch(ImageLook look, string target, FetchStart start, Transfer transfer)
    {
        using var scratch = new Scratch(runDirectory);
        var calls = new FetchCalls(Url, port, target.TrimEnd('/') + "/") { Bandwidth = Bandwidth };
        var title = $"fetch {image} generation {look.Stamp.Generation}";
        if (start == FetchStart.Other && new ListedFetch(rsync, calls, title, transfer, scratch).TryBring(target, look.Sparse))
        {
            return;
        }

        var sparse = !look.Sparse.IsEmpty;
        var exclude = sparse ? scratch.Write("exclude", look.Sparse.ExcludeFrom()) : null;
        var isFresh = start == FetchStart.Empty;
        Carry(calls.Main(exclude, isFresh), isFresh && Bandwidth is null ? look.Facts.Second : [], title, transfer);
        if (sparse)
        {
            var files = $"{title}: files with holes";
            transfer(files, bar => rsync.Run(calls.Sparse(scratch.Write("files", look.Sparse.FilesFrom())), files, bar));
        }

        new FetchProof(rsync, calls, title, transfer).Require(target, start);
    }

    /// <summary>A copy of what a system on this PC has, for the fetch to go on from; it proves nothing by itself.</summary>
    /// <param name="look">From <see cref="Look"/>.</param>
    /// <param name="seed">The top of a mounted tree, also of the running system.</param>
    /// <param name="target">An empty file system.</param>
    /// <param name="transfer">Runs a call under a progress bar with this title.</param>
    public void CopySeed(ImageLook look, string seed, string target, Transfer transfer)
    {
        using var scratch = new Scratch(runDirectory);
        var call = SeedCall.Make(seed, target, look.Sparse.IsEmpty ? null : scratch.Write("exclude", look.Sparse.ExcludeFrom()));
        var title = $"copy what {(seed == "/" ? "the running system" : "the other slot")} has of {image}";
        Carry(call, look.Facts.Second, title, transfer);
    }

    /// <summary>By two streams where a second one has something to take.</summary>
    private void Carry(RsyncCall call, IReadOnlyList<string> second, string title, Transfer transfer) => transfer(title, bar =>
    {
        if (second.Count > 0)
        {
            TwoStreams.Run(rsync, TreeHalves.Of(call, second), title, bar);
        }
        else
        {
            rsync.Run(call, title, bar);
        }
    });
}
