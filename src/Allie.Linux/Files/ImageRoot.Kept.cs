using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    private KeptDirectories? _kept;

    /// <summary>
    /// Until it is disposed, the few directories used last stay open, so that many files of one directory cost one look-up of it. For one pass of one thread
    /// over paths in order; a directory that is renamed, replaced or removed through this root is looked up again.
    /// </summary>
    internal static IDisposable KeepDirectories(IReadOnlyList<ImageRoot> roots)
    {
        foreach (var root in roots)
        {
            root._kept = new(root);
        }

        return new Kept(roots);
    }

    /// <summary>What was a directory, or a link to one, is about to be something else.</summary>
    private void Forget(ImagePath path, bool mayBeDirectory)
    {
        if (_kept is { } kept)
        {
            // a directory may be known by other names too, through links
            kept.Forget(mayBeDirectory ? ImagePath.Root : path);
        }
    }

    private sealed class Kept(IReadOnlyList<ImageRoot> roots) : IDisposable
    {
        public void Dispose()
        {
            foreach (var root in roots)
            {
                root._kept?.Forget(ImagePath.Root);
                root._kept = null;
            }
        }
    }

    private sealed class KeptDirectories(ImageRoot root)
    {
        private const int Most = 8; // more than one call holds at a time

        private readonly List<(ImagePath Path, Fd Directory)> _open = [];

        internal Fd Get(ImagePath path) => TryGet(path) ?? root.OpenAt(path, Flags.PathOnly | Flags.Directory); // which says why

        internal Fd? TryGet(ImagePath path)
        {
            var at = _open.FindIndex(o => o.Path == path);
            if (at < 0 && root.TryOpenAt(path, Flags.PathOnly | Flags.Directory) is { } opened)
            {
                _open.Add((path, opened));
                if (_open.Count > Most)
                {
                    _open[0].Directory.Dispose();
                    _open.RemoveAt(0);
                }

                return opened.Lend();
            }

            if (at < 0)
            {
                return null;
            }

            var known = _open[at];
            _open.RemoveAt(at);
            _open.Add(known); // the last is the one used last
            return known.Directory.Lend();
        }

        internal void Forget(ImagePath path)
        {
            for (var i = _open.Count - 1; i >= 0; i--)
            {
                if (path.IsRoot || _open[i].Path.IsAtOrBelow(path))
                {
                    _open[i].Directory.Dispose();
                    _open.RemoveAt(i);
                }
            }
        }
    }
}
