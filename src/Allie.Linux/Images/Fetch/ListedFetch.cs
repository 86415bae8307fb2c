using Allie.Images;
using Allie.Images.Digests;
using Allie.Images.Fetch;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Rsync;

namespace Allie.Linux.Images.Fetch;

/// <summary>
/// Brings a tree that is nearly the image to it. The image's lists tell what differs; the server is asked for that alone and walks
/// nothing, and the PC reads its own disk once, which is the proof as well.
/// </summary>
internal sealed class ListedFetch(RsyncRunner rsync, FetchCalls calls, string title, Transfer transfer, Scratch scratch)
{
    /// <summary>From here on a pass over everything is as good, and removes before it writes.</summary>
    private const int MostWanted = 2;

    /// <returns>False: the image has no such lists, too much differs, or it is still not the image; a pass over everything must tell.</returns>
    internal bool TryBring(string target, SparseList sparse)
    {
        rsync.Run(calls.Lists(scratch.Write("lists", FilesFrom([DigestList.Path, PathList.Path]))), title);
        using var root = ImageRoot.Open(target);
        if (TreeDigests.ListIn(root) is not { } list || TreeDigests.PathsIn(root) is not { } paths)
        {
            return false;
        }

        TreeSurvey survey = null!;
        transfer(title + ": compare what is here", bar => survey = TreeSurvey.Of(root, list, paths, new(bar, list.Count)));
        if (survey.Wanted.Count > list.Count / MostWanted)
        {
            return false;
        }

        foreach (var path in survey.Extra)
        {
            root.RemoveTree(path);
        }

        var holes = survey.Wanted.Select(p => p.Raw).Intersect(sparse.Names).ToHashSet();
        Fetch(title, [.. survey.Wanted.Select(p => p.Raw).Where(p => !holes.Contains(p))], withHoles: false);
        Fetch(title + ": files with holes", holes, withHoles: true);
        return survey.IsTheImage();
    }

    private void Fetch(string what, IReadOnlyCollection<string> names, bool withHoles)
    {
        if (names.Count > 0)
        {
            var call = calls.Listed(scratch.Write("wanted", FilesFrom(names)), withHoles);
            transfer($"{what}: {names.Count} that differ", bar => rsync.Run(call, what, bar));
        }
    }

    /// <summary>A slash before each: rsync takes a line that begins with # or ; for a remark.</summary>
    private static byte[] FilesFrom(IEnumerable<string> names) => new SparseList([.. names.Select(n => "/" + n)]).FilesFrom();
}
