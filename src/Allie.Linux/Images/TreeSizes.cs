using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>What trees take on the disk (bytes in use, not lengths), and how much of each no tree before it has.</summary>
public sealed class TreeSizes
{
    private readonly HashSet<ulong> _known = [];

    /// <returns>Paths, bytes of all its files and directories, and bytes of those that were not in a tree added before.</returns>
    public (int Paths, long Bytes, long OwnBytes) Add(string tree)
    {
        var here = new HashSet<ulong>();
        using var top = Fd.Open(Flags.AtFdCwd, Bytes.Of(tree), Flags.ReadOnly | Flags.Directory | Flags.NoFollow, tree);
        return Below(top, tree, here);
    }

    private (int Paths, long Bytes, long OwnBytes) Below(Fd directory, string shown, HashSet<ulong> here)
    {
        var (paths, bytes, own) = (1, 0L, 0L);
        foreach (var name in ImageRoot.ListOf(directory, shown))
        {
            var leaf = Bytes.OfRaw(name);
            var facts = ImageRoot.StatOf(directory, leaf, 0, shown);
            if (here.Add(facts.Inode))
            {
                bytes += facts.Blocks * 512;
                own += _known.Add(facts.Inode) ? facts.Blocks * 512 : 0;
            }

            if (facts.IsDirectory)
            {
                using var below = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.Directory | Flags.NoFollow, shown);
                var (morePaths, moreBytes, moreOwn) = Below(below, shown, here);
                (paths, bytes, own) = (paths + morePaths, bytes + moreBytes, own + moreOwn);
            }
            else
            {
                paths++;
            }
        }

        return (paths, bytes, own);
    }
}
