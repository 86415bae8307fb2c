using System.Collections.Concurrent;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Overlays;

/// <summary>
/// Copies into pending/ that a second thread makes while the first one keeps undo and stages the same files in the image: a first apply is bound by the
/// kernel's work for each new file, and these are in different directories. Nothing looks at them before <see cref="Finish"/>.
/// </summary>
internal sealed class PutOffCopies : IDisposable
{
    private readonly BlockingCollection<(ImagePath Path, ImageRoot Source, ImagePath From, ImagePath To)> _copies = [];
    private readonly Dictionary<ImagePath, string> _failed = [];
    private readonly ImageRoot _root;
    private readonly Task _making;
    private volatile bool _stopped;

    internal PutOffCopies(ImageRoot root)
    {
        _root = root;
        _making = Task.Factory.StartNew(Make, TaskCreationOptions.LongRunning);
    }

    internal void Add(ImagePath path, ImageRoot source, ImagePath from, ImagePath to) => _copies.Add((path, source, from, to));

    /// <summary>No more come.</summary>
    internal void Close() => _copies.CompleteAdding();

    /// <summary>Waits for all of them.</summary>
    /// <returns>The paths that have none, and why.</returns>
    internal IReadOnlyDictionary<ImagePath, string> Finish()
    {
        _making.GetAwaiter().GetResult();
        return _failed;
    }

    /// <summary>Also where the first thread gives up: nothing writes any more when this returns.</summary>
    public void Dispose()
    {
        _stopped = true;
        Close();
        Finish();
        _copies.Dispose();
    }

    /// <summary>Through roots of its own: what a root keeps open is one thread's.</summary>
    private void Make()
    {
        var sources = new Dictionary<ImageRoot, (ImageRoot Root, IDisposable Kept)>();
        using var target = _root.OpenBelow(ImagePath.Root);
        using var kept = ImageRoot.KeepDirectories([target]);
        try
        {
            foreach (var (path, source, from, to) in _copies.GetConsumingEnumerable().Where(_ => !_stopped))
            {
                try
                {
                    target.CopyNew(Own(source), from, to);
                }
                catch (Exception e) when (e is LinuxException or UserError)
                {
                    _failed[path] = e.Message;
                }
            }
        }
        finally
        {
            foreach (var (root, directories) in sources.Values)
            {
                directories.Dispose();
                root.Dispose();
            }
        }

        if (!_stopped)
        {
            target.SyncFileSystem(); // so that the one that follows has half as much to write; it alone counts
        }

        ImageRoot Own(ImageRoot source)
        {
            if (!sources.TryGetValue(source, out var own))
            {
                var root = source.OpenBelow(ImagePath.Root);
                sources[source] = own = (root, ImageRoot.KeepDirectories([root]));
            }

            return own.Root;
        }
    }
}
