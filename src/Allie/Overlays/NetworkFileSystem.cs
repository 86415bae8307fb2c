namespace Allie.Overlays;

/// <summary>
/// File systems that many PCs share, or whose server may be away: what one PC puts there all have, and a look at it may never return.
/// </summary>
public static class NetworkFileSystem
{
    private static readonly string[] Types =
    [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "auristorfs", "coda", "ceph", "lustre", "gpfs", "beegfs", "orangefs", "pvfs2",
        "ocfs2", "gfs2", "davfs", "autofs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.davfs2",
        "fuse.mfs", "fuse.lizardfs", "fuse.juicefs", "fuse.seaweedfs",
    ];

    /// <param name="type">As mountinfo has it. autofs is where one will be mounted when somebody looks.</param>
    public static bool Is(string type) => Types.Contains(type);
}
