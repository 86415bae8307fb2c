using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Blandify.Hooks;

/// <summary>
/// Where hooks work: an overlay of the tree (overlayfs) whose upper layer is in memory. So nothing of the tree is written in place, what they changed is known
/// afterwards and goes through the undo journal as rules' changes do, and after a dry run it is thrown away. Only in a private mount namespace.
/// </summary>
public sealed class HookRoom : IDisposable
{
    private readonly PrivateMemory _memory;
    private readonly string _tree;

    private HookRoom(PrivateMemory memory, ImageRoot tree)
    {
        (_memory, _tree) = (memory, memory.Path + "/tree");
        var (upper, work) = (memory.Path + "/upper", memory.Path + "/work");
        foreach (var directory in new[] { upper, work, _tree })
        {
            Directory.CreateDirectory(directory);
        }

        Upper = ImageRoot.Open(upper);
        Upper.SetMetadata(Allie.Files.ImagePath.Root, tree.Metadata(Allie.Files.ImagePath.Root));

        // By descriptor: a path may hold the commas and colons that mount options are made of.
        using var lower = Fd.Open(Flags.AtFdCwd, Bytes.Of(tree.HostPath), Flags.ReadOnly | Flags.Directory, tree.HostPath);
        MountCalls.Mount(
            "allie", _tree, "overlay", Flags.MsNoSuid | Flags.MsNoDev,
            $"lowerdir=/proc/self/fd/{lower.Number},upperdir={upper},workdir={work},redirect_dir=off,metacopy=off,index=off");
    }

    /// <summary>What was changed, in overlayfs' form: copies, and devices 0/0 for what is gone.</summary>
    internal ImageRoot Upper { get; }

    public static HookRoom Of(ImageRoot tree, string runDirectory)
    {
        var memory = PrivateMemory.Over(runDirectory + "/hooks", 512);
        try
        {
            return new(memory, tree);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <exception cref="UserError">One of them failed: nothing of what they did is kept.</exception>
    public void Run(IEnumerable<Hook> hooks, string label, bool isDryRun, IRunner runner)
    {
        foreach (var hook in hooks)
        {
            var outcome = runner.Run(new Command(hook.File, _tree)
            {
                WorkingDirectory = _tree,
                Environment = new Dictionary<string, string?> { ["ALLIE_ROOT"] = _tree, ["ALLIE_LABEL"] = label, ["ALLIE_DRYRUN"] = isDryRun ? "1" : null },
                OnErrorLine = line => Console.Error.WriteLine($"{hook.Name}: {line}"),
                OnLine = line => Console.Error.WriteLine($"{hook.Name}: {line}"),
            });
            if (!outcome.Ok)
            {
                throw new UserError($"hook {hook.File} failed with exit code {outcome.ExitCode}: {outcome.LastWord}", "what hooks did is not kept; mend it, and run blandify again");
            }
        }
    }

    public void Dispose()
    {
        Upper.Dispose();
        MountCalls.Unmount(_tree, Flags.MntDetach);
        _memory.Dispose();
    }
}
