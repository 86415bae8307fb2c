using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Allie.Blandify.Identities;
using Allie.Linux.Blandify.Undo;
using Allie.Linux.Files;
using Allie.Files;

namespace Allie.Linux.Blandify;

/// <summary>
/// What is kept about one tree outside of it, private (0700): whose it was, which a bland tree no longer tells, and the undo journal. It belongs to that very
/// directory: another one of the same name begins anew.
/// </summary>
public sealed class BlandifyState
{
    private readonly ImageRoot _tree;

    private BlandifyState(ImageRoot tree, string directory) => (_tree, Directory) = (tree, directory);

    public string Directory { get; }

    public UndoJournal Journal => new(_tree, Directory + "/undo");

    private string IdentityFile => Directory + "/identity";

    private string TreeFile => Directory + "/tree";

    /// <param name="tree">The tree.</param>
    /// <param name="directory">Where to keep it; made when there is something to keep.</param>
    public static BlandifyState Of(ImageRoot tree, string directory) => new(tree, directory);

    /// <summary>For a tree that is no image of the store: by its path.</summary>
    public static BlandifyState OfDirectory(ImageRoot tree, string parent)
    {
        const int MostOfTheName = 80;
        var path = Path.GetFullPath(tree.HostPath);
        var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(path)).ToString("x16", CultureInfo.InvariantCulture);
        var name = new string([.. path.Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')]);
        return new(tree, $"{parent}/{name[Math.Max(0, name.Length - MostOfTheName)..]}-{hash}");
    }

    /// <summary>What earlier runs have learnt.</summary>
    public Identity Known() => IsOfThisTree && File.Exists(IdentityFile) ? Identity.Parse(File.ReadAllText(IdentityFile, Encoding.Latin1)) : Identity.None;

    /// <summary>Before the first change: from then on the tree itself does not tell.</summary>
    public void Remember(Identity identity)
    {
        if (!IsOfThisTree)
        {
            Forget();
        }

        PrivateDirectory.Make(Directory);
        AtomicFile.Write(TreeFile, Tree, 0x180);
        AtomicFile.Write(IdentityFile, Encoding.Latin1.GetBytes(identity.Format()), 0x180);
    }

    /// <summary>True when there is a run to undo.</summary>
    public bool CanUndo => IsOfThisTree && Journal.Runs.Count > 0;

    /// <summary>Also the saved files: they hold keys.</summary>
    public void Forget()
    {
        if (System.IO.Directory.Exists(Directory))
        {
            TreeRemover.Remove(Directory);
        }
    }

    private string Tree => _tree.Stat(ImagePath.Root) is var facts ? $"{facts.DeviceMajor}:{facts.DeviceMinor} {facts.Inode}\n" : "";

    private bool IsOfThisTree => File.Exists(TreeFile) && File.ReadAllText(TreeFile) == Tree;
}
