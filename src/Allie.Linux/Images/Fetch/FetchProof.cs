using Allie.Errors;
using Allie.Images.Digests;
using Allie.Images.Fetch;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Images.Fetch;

/// <summary>
/// Proves that a target is the image. rsync's exit code 0 is not enough (a source that changed under it), and size and time are not
/// enough for what was on the PC before. The image's own digests are: the PC reads its disk, the server nothing. An image without them,
/// or with stale ones, is compared by rsync.
/// </summary>
internal sealed class FetchProof(RsyncRunner rsync, FetchCalls calls, string title, Transfer transfer)
{
    internal void Require(string target, FetchStart start)
    {
        using var root = ImageRoot.Open(target);
        if (!ByDigests(root))
        {
            ByRsync(start);
        }
    }

    /// <summary>False: there are no digests, or they do not fit what the server has now.</summary>
    private bool ByDigests(ImageRoot root)
    {
        if (TreeDigests.ListIn(root) is not { } list)
        {
            return false;
        }

        var different = Compare(root, list, title + ": verify");
        if (different.None)
        {
            return true;
        }

        // Another time than the server's: rsync then looks into them, whatever their size and time were before.
        foreach (var file in different.Files)
        {
            root.SetTime(file, 0);
        }

        var count = different.Files.Count + different.Others;
        transfer($"{title}: mend {count} that differ", bar => rsync.Run(calls.Repair(), title, bar));
        return TreeDigests.ListIn(root) is { } again && Compare(root, again, title + ": verify once more").None;
    }

    private TreeDigests.Differences Compare(ImageRoot root, DigestList list, string what)
    {
        TreeDigests.Differences? found = null;
        transfer(what, bar => found = TreeDigests.Compare(root, list, bar));
        return found!;
    }

    private void ByRsync(FetchStart start)
    {
        if (start == FetchStart.Empty)
        {
            Prove(title + ": verify", calls.Verify(), calls.Repair());
            Prove(title + ": verify contents", calls.VerifyContent(), calls.RepairContent());
        }
        else
        {
            Prove(title + ": verify contents", calls.VerifyAll(), calls.RepairAll());
        }
    }

    private void Prove(string what, RsyncCall verify, RsyncCall repair)
    {
        if (rsync.Run(verify, what).Count == 0)
        {
            return;
        }

        transfer(what + ", once more", bar => rsync.Run(repair, what, bar));
        var left = rsync.Run(verify, what);
        if (left.Count > 0)
        {
            throw new UserError(
                $"cannot {what}: {left.Count} differences stay, the first is {left[0].Name} ({left[0].Itemized})",
                "does something write to the image on the server, or to the target? run the command again when nothing does");
        }
    }
}
