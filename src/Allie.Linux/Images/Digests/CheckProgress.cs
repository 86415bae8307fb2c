using Allie.Rsync;

namespace Allie.Linux.Images.Digests;

/// <summary>The bar of a tree that is read, entry by entry.</summary>
internal sealed class CheckProgress(Action<RsyncProgress> bar, int total)
{
    private const int Step = 500;
    private int _done;

    internal void One()
    {
        if (++_done % Step == 0 && _done < total)
        {
            bar(new(0, (int)(100L * _done / total), "", "", total - _done, total));
        }
    }
}
