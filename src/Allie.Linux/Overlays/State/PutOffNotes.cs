using System.Collections.Concurrent;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Overlays.State;

/// <summary>
/// Copies into pending/ and marks in undo/ that a second thread makes while the first one stages the same files in the image: a first apply is bound by the
/// kernel's work for each new name, and these are in different directories. Nothing looks at them before <see cref="Finish"/>.
/// </summary>
internal sealed class PutOffNotes : IDisposable
{
    private readonly BlockingCollection<(ImagePath Path, Action<ImageRoot, Func<ImageRoot, ImageRoot>> Make)> _notes = [];
    private readonly ConcurrentDictionary<ImagePath, string> _failed = [];
    private readonly ImageRoot _root;
    private readonly Task _making;
    private volatile bool _stopped;

    internal PutOffNotes(ImageRoot root)
    {
        _root = root;
        _making = Task.Factory.StartNew(MakeAndSync, TaskCreationOptions.LongRunning);
    }

    /// <param name="path">Whose note it is.</param>
    /// <param name="make">Makes it: is given the image, and what turns a layer into the same one for this thread.</param>
    internal void Add(ImagePath path, Action<ImageRoot, Func<ImageRoot, ImageRoot>> make) => _notes.Add((path, make));

    /// <summary>No more come.</summary>
    internal void Close() => _notes.CompleteAdding();

    /// <summary>Makes what is left together with the second thread.</summary>
    /// <returns>The paths that have none, and why.</returns>
    internal IReadOnlyDictionary<ImagePath, string> Finish()
    {
        if (!_stopped)
        {
            Make();
        }

        _making.GetAwaiter().GetResult();
        return _failed;
    }

    /// <summary>Also where the first thread gives up: nothing writes any more when this returns.</summary>
    public void Dispose()
    {
        _stopped = true;
        Close();
        Finish();
        _notes.Dispose();
    }

    private void MakeAndSync()
    {
        Make();
        if (!_stopped)
        {
            _root.SyncFileSystem(); // so that the one that follows has half as much to write; it alone counts
        }
    }

    /// <summary>Through roots of its own: what a root keeps open is one thread's.</summary>
    private void Make()
    {
        var sources = new Dictionary<ImageRoot, (ImageRoot Root, IDisposable Kept)>();
        using var target = _root.OpenBelow(ImagePath.Root);
        using var kept = ImageRoot.KeepDirectories([target]);
        try
        {
            foreach (var (path, make) in _notes.GetConsumingEnumerable().Where(_ => !_stopped))
            {
                try
                {
                    make(target, Own);
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
