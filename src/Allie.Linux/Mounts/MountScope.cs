using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Mounts;

/// <summary>
/// One file system mounted on a fresh directory for as long as this lives. Only inside a private mount namespace: nobody else sees it,
/// and it is gone when the process ends, also by kill -9.
/// </summary>
public sealed class MountScope : IDisposable
{
    private readonly bool _ownPoint;
    private bool _mounted;

    private MountScope(string path, bool ownPoint) => (Path, _ownPoint) = (path, ownPoint);

    public string Path { get; }

    /// <param name="device">A block device.</param>
    /// <param name="type">ext4, xfs, btrfs, ...</param>
    /// <param name="runDirectory">Where the mount point is made: /run/allie.</param>
    /// <param name="readOnly">Also never replays a journal (ext: noload, xfs: norecovery): nothing at all is written.</param>
    /// <param name="hasDevices">Its device nodes work: debootstrap takes no other place.</param>
    public static MountScope Mount(string device, string type, string runDirectory, bool readOnly, bool hasDevices = false)
    {
        var point = System.IO.Path.Combine(runDirectory, "mount-" + Convert.ToHexStringLower(RandomBytes.Read(4)));
        PrivateDirectory.Make(point);
        return Begin(new(point, ownPoint: true), device, type, readOnly, hasDevices);
    }

    /// <summary>As <see cref="Mount"/>, read-only, on a directory that is there: a part of a system on another one.</summary>
    public static MountScope MountPart(string device, string type, string point) => Begin(new(point, ownPoint: false), device, type, readOnly: true);

    private static MountScope Begin(MountScope scope, string device, string type, bool readOnly, bool hasDevices = false)
    {
        try
        {
            if (!MountNamespace.IsPrivate)
            {
                throw new InvalidOperationException("a mount scope needs a private mount namespace: call MountNamespace.Enter first");
            }

            var flags = Flags.MsNoSuid | (hasDevices ? 0 : Flags.MsNoDev) | (readOnly ? Flags.MsReadOnly : 0);
            MountCalls.Mount(device, scope.Path, type, flags, readOnly ? NoReplay(type) : null);
            scope._mounted = true;
            return scope;
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_mounted)
        {
            _mounted = false;
            MountCalls.Unmount(Path);
        }

        // The empty mount point only; never what might still be mounted there.
        if (_ownPoint && Directory.Exists(Path))
        {
            Directory.Delete(Path);
        }
    }

    /// <summary>The option with which a read-only mount replays no journal; null where there is none.</summary>
    internal static string? NoReplay(string type) => type switch
    {
        "ext4" or "ext3" => "noload",
        "xfs" or "btrfs" => "norecovery",
        _ => null,
    };
}
