using System.Globalization;
using System.Text;
using Allie.Blandify.Undo;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;

namespace Allie.Linux.Blandify.Undo;

/// <summary>
/// What blandify took out of a tree, kept outside of it (0700): for each run an index and the files as they were. These are second names of the tree's own files
/// where the file system allows, so that saving costs no room and loses nothing; as no rule writes in place, they stay as they were. A run's index appears
/// when everything it needs is on the disk, and only then does the run change the tree: whatever a kill leaves can be undone.
/// </summary>
public sealed class UndoJournal(ImageRoot tree, string directory)
{
    private const string Index = "index";

    /// <summary>Runs that may have changed the tree, oldest first.</summary>
    public IReadOnlyList<int> Runs => [.. Numbers().Where(n => File.Exists($"{directory}/{n}/{Index}")).Order()];

    /// <summary>Saves what <paramref name="collect"/> names; after that the tree may be changed.</summary>
    public void Begin(Action<UndoSaving> collect)
    {
        Sweep();
        var run = $"{directory}/{Numbers().DefaultIfEmpty().Max() + 1}";
        PrivateDirectory.Make(run + "/files");
        using var journal = ImageRoot.Open(run);
        using (var files = journal.OpenBelow(ImagePath.Of("files")))
        {
            var saving = new UndoSaving(tree, files);
            collect(saving);
            journal.SyncFileSystem();
            journal.WriteFile(ImagePath.Of(Index), Encoding.Latin1.GetBytes(UndoRecord.Format(saving.Records)), FileMetadata.Root(0x180, ImageRoot.Now));
        }

        journal.SyncFileSystem();
    }

    /// <summary>Undoes all runs, the last first, and forgets what could be given back.</summary>
    /// <param name="overwrite">Also what somebody has changed since.</param>
    /// <returns>Paths that were changed since and were left alone.</returns>
    public IReadOnlyList<ImagePath> Undo(bool overwrite)
    {
        foreach (var run in Runs.Reverse())
        {
            using var files = ImageRoot.Open($"{directory}/{run}/files");
            var conflicts = new UndoRestoring(tree, files, overwrite).Run(Records(run));
            if (conflicts.Count > 0)
            {
                return conflicts; // an older run's files are older still
            }

            tree.SyncFileSystem();
            TreeRemover.Remove($"{directory}/{run}");
        }

        return [];
    }

    /// <summary>The paths that an undo would bring back to what they were, each once.</summary>
    public IReadOnlyList<ImagePath> Paths() =>
        [.. Runs.SelectMany(Records).Where(r => r.Kind != UndoKind.Touched).Select(r => r.Path).Distinct().Order()];

    /// <summary>Takes away what a killed run has left half: temporary names in the tree, a run without an index in the journal.</summary>
    public void Sweep()
    {
        foreach (var place in Runs.SelectMany(Records).Where(r => r.Kind == UndoKind.Touched).Select(r => r.Path).Distinct().Where(p => tree.TryStat(p) is { IsDirectory: true }))
        {
            Temporaries.Remove(tree, place);
        }

        foreach (var half in Numbers().Except(Runs).ToList())
        {
            TreeRemover.Remove($"{directory}/{half}");
        }
    }

    private IEnumerable<int> Numbers() =>
        Directory.Exists(directory)
            ? Directory.GetDirectories(directory).Select(Path.GetFileName).Select(n => int.TryParse(n, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(n => n > 0)
            : [];

    /// <exception cref="UserError">The index is damaged.</exception>
    private IReadOnlyList<UndoRecord> Records(int run)
    {
        using var journal = ImageRoot.Open($"{directory}/{run}");
        return UndoRecord.Parse(Encoding.Latin1.GetString(journal.ReadFile(ImagePath.Of(Index), 1L << 30)), $"{directory}/{run}/{Index}");
    }
}
