namespace Allie.Blandify.Identities;

/// <summary>The kinds of identity, as reports name them.</summary>
public static class TraitKind
{
    public const string HostName = "hostname";
    public const string MachineId = "machine-id";
    public const string FileSystem = "fs-uuid";
    public const string Disk = "disk-id";
    public const string Mac = "mac";
    public const string Address = "ip";
    public const string HostKey = "ssh-hostkey";
    public const string Initiator = "iscsi-name";
    public const string Nvme = "nvme-id";
}
