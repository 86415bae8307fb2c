using System.Collections.Concurrent;
using Allie.Blandify.Identities;
using Allie.Blandify.Leaks;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>
/// Looks through a whole tree, names, link targets and contents, for identity of the machine that it was captured from and for secrets. Links are not followed,
/// special files not opened, other file systems not entered, nothing is changed, not even a time of access.
/// </summary>
public sealed class LeakScan
{
    private readonly ImageRoot _root;
    private readonly LeakTerms _terms;
    private readonly PlannedPlaces _planned;
    private readonly PackedFiles? _packed;
    private readonly Func<ImagePath, FileFacts, bool>? _searched;
    private readonly BlockingCollection<ImagePath> _directories = new(new ConcurrentStack<ImagePath>());
    private readonly ConcurrentBag<Leak> _leaks = [];
    private readonly ConcurrentBag<string> _notes = [];
    private int _pending;
    private IOException? _failure;

    /// <param name="root">The tree.</param>
    /// <param name="identity">Of the machine it was captured from.</param>
    /// <param name="planned">Changes that are decided and not carried out: the tree is looked at as they will leave it.</param>
    /// <param name="packed">Looks into compressed files; null into none.</param>
    /// <param name="searched">Whether a regular file was searched before and is still the same: its content is not read again. Null: all is read.</param>
    public LeakScan(ImageRoot root, Identity identity, PlannedPlaces? planned = null, PackedFiles? packed = null, Func<ImagePath, FileFacts, bool>? searched = null)
    {
        (_root, _planned, _packed, _searched) = (root, planned ?? PlannedPlaces.None, packed, searched);
        _terms = new([.. TraitTerms.Of(identity), .. PrivateKeys.Signs]);
    }

    /// <exception cref="LinuxException">A file that cannot be read: then nobody can say that nothing is left.</exception>
    public LeakReport Run()
    {
        const int MostThreads = 4; // more only wait for the disk
        var device = _root.Stat(ImagePath.Root);
        Push(ImagePath.Root);
        var workers = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, MostThreads)).Select(_ => new Thread(() => Work(device))).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        if (_failure is not null)
        {
            throw _failure;
        }

        var made = new LeakReading(_root, _terms, _packed, _leaks.Add);
        foreach (var change in _planned.Made)
        {
            made.Made(change);
        }

        return new(
            [.. _leaks.OrderBy(l => l.Path).ThenBy(l => l.Kind, StringComparer.Ordinal).ThenBy(l => l.Evidence, StringComparer.Ordinal)],
            [.. _notes.Concat(_packed?.Notes ?? []).Order(StringComparer.Ordinal)]);
    }

    private void Push(ImagePath directory)
    {
        Interlocked.Increment(ref _pending);
        _directories.Add(directory);
    }

    private void Work(FileFacts device)
    {
        var reading = new LeakReading(_root, _terms, _packed, _leaks.Add);
        foreach (var directory in _directories.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null) // one failure ends it for all; what is waiting is only counted down
                {
                    Directory(reading, directory, device);
                }
            }
            catch (IOException e)
            {
                Interlocked.CompareExchange(ref _failure, e, null);
            }

            if (Interlocked.Decrement(ref _pending) == 0)
            {
                _directories.CompleteAdding();
            }
        }
    }

    private void Directory(LeakReading reading, ImagePath path, FileFacts device)
    {
        using var directory = _root.OpenFolder(path);
        if (!ImageRoot.StatOf(directory, Bytes.OfRaw(""), Flags.AtEmptyPath, _root.Show(path)).SameDevice(device))
        {
            _notes.Add($"{path} is another file system and was not looked into");
            return;
        }

        foreach (var (name, kind) in _root.EntriesOf(directory, path))
        {
            var entry = path.Join(name);
            if (_planned.Becomes(entry) is not { } place)
            {
                continue; // gone by then, or searched in its new form
            }

            reading.Name(place);
            switch (kind)
            {
                case FileKind.Directory:
                    Push(entry);
                    break;
                case FileKind.Regular when _searched?.Invoke(entry, ImageRoot.StatOf(directory, Bytes.OfRaw(name), 0, _root.Show(entry))) == true:
                    break;
                case FileKind.Regular:
                    reading.File(directory, name, place);
                    break;
                case FileKind.Symlink:
                    reading.Link(place, ImageRoot.ReadLinkAt(directory, Bytes.OfRaw(name), _root.Show(entry)));
                    break;
            }
        }
    }
}
