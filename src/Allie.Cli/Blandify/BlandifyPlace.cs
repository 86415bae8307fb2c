using Allie.Blandify.Leaks;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Mounts;

namespace Allie.Cli.Blandify;

/// <summary>The tree that a call is about, locked unless it is a dry run, with what is kept about it.</summary>
internal sealed class BlandifyPlace : IDisposable
{
    private const string StateWithoutStore = "/var/lib/allie/blandify";

    private readonly IDisposable? _lock;

    private BlandifyPlace(ImageRoot root, BlandifyState state, AcceptList accepted, string name, IDisposable? held) =>
        (Root, State, Accepted, Name, _lock) = (root, state, accepted, name, held);

    internal ImageRoot Root { get; }

    internal BlandifyState State { get; }

    internal AcceptList Accepted { get; }

    /// <summary>For messages: the image, or the directory.</summary>
    internal string Name { get; }

    /// <exception cref="UserError">Exit 2: no work tree. Exit 4: in use.</exception>
    internal static BlandifyPlace OfImage(Invocation call, string image)
    {
        var store = new ImageStore(call.Server.Images);
        store.Require();
        if (!store.HasWorkTree(image))
        {
            throw UserError.Refused($"cannot blandify {image}: it has no work tree", $"run: allie image capture PC {image}");
        }

        var accepted = AcceptLists.Read(call, image);
        var held = call.DryRun ? null : store.Lock(image);
        var root = Bare(ImageRoot.Open(store.WorkTree(image)), image);
        return new(root, BlandifyState.Of(root, store.BlandifyDirectory(image)), accepted, image, held);
    }

    /// <exception cref="UserError">Exit 2: no directory, or the running system. Exit 4: in use.</exception>
    internal static BlandifyPlace OfDirectory(Invocation call, string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw UserError.Refused($"cannot blandify {directory}: it is no directory");
        }

        var root = Bare(ImageRoot.Open(Path.GetFullPath(directory)), directory);
        if (root.IsRunningSystem)
        {
            root.Dispose();
            throw UserError.Refused($"cannot blandify {directory}: it is the running system", "name the tree of an image");
        }

        var store = new ImageStore(call.Server.Images);
        var parent = Directory.Exists(store.WorkDirectory) ? store.TreesDirectory : StateWithoutStore;
        var state = BlandifyState.OfDirectory(root, parent);
        return new(root, state, AcceptList.None, directory, call.DryRun ? null : FileLock.Take(state.Directory + ".lock", $"the tree {directory}"));
    }

    /// <summary>What is mounted in a tree is not its own: rules that empty /dev or /run would reach the running system.</summary>
    private static ImageRoot Bare(ImageRoot root, string name)
    {
        var top = root.RealHostPath.TrimEnd('/') + "/";
        if (top != "/" && MountTable.Here().FirstOrDefault(m => m.Point.StartsWith(top, StringComparison.Ordinal)) is { } inside)
        {
            root.Dispose();
            throw UserError.Refused($"cannot blandify {name}: something is mounted in it, at {inside.Point}", $"umount {inside.Point}");
        }

        return root;
    }

    public void Dispose()
    {
        Root.Dispose();
        _lock?.Dispose();
    }
}
