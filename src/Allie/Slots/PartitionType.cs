namespace Allie.Slots;

/// <summary>Which partition types may hold an image (the Discoverable Partitions Specification has the GUIDs).</summary>
public static class PartitionType
{
    private static readonly Dictionary<string, string> Accepted = new()
    {
        ["0fc63daf-8483-4772-8e79-3d69d8477de4"] = "Linux data",
        ["4f68bce3-e8cd-4db1-96e7-fbcaf984b709"] = "Linux root x86-64",
        ["44479540-f297-41b2-9af7-d131d5f0458a"] = "Linux root x86",
        ["b921b045-1df0-41c3-af44-4c6f280d3fae"] = "Linux root arm64",
        ["69dad710-2ce4-4e3c-b16c-21a1d49abed3"] = "Linux root arm",
        ["72ec70a6-cf74-40e6-bd49-4bda08e8f224"] = "Linux root riscv64",
        ["0x83"] = "Linux",
    };

    private static readonly Dictionary<string, string> Known = new()
    {
        ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b"] = "EFI system partition",
        ["bc13c2ff-59e6-4262-a352-b275fd6f7172"] = "extended boot loader partition",
        ["21686148-6449-6e6f-744e-656564454649"] = "BIOS boot partition",
        ["0657fd6d-a4ab-43c4-84e5-0933c84b4f4f"] = "swap",
        ["e6d6d379-f507-44c2-a23c-238f2a3df928"] = "LVM",
        ["a19d880f-05fc-4d3b-a006-743f0f84911e"] = "RAID",
        ["ca7d7ccb-63ed-4c53-861c-1742536059cc"] = "LUKS",
        ["933ac7e1-2eb4-4f13-b844-0e14e2aef915"] = "/home",
        ["3b8f8425-20e0-4f3b-907f-1a25a76f98e8"] = "/srv",
        ["4d21b016-b534-45c2-a9fb-5c16e091fd2d"] = "/var",
        ["e3c9e316-0b5c-4db8-817d-f92df00215ae"] = "Microsoft reserved",
        ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"] = "Microsoft basic data",
        ["de94bba4-06d1-4d40-a16a-bfd50179d6ac"] = "Windows recovery",
        ["0x82"] = "swap",
        ["0xef"] = "EFI system partition",
        ["0x8e"] = "LVM",
        ["0xfd"] = "RAID",
        ["0x07"] = "NTFS",
    };

    public static bool IsAccepted(string typeId) => Accepted.ContainsKey(typeId);

    /// <summary>The type in words, or the id itself.</summary>
    public static string Describe(string typeId) =>
        Accepted.TryGetValue(typeId, out var name) || Known.TryGetValue(typeId, out name) ? name : typeId.Length > 0 ? typeId : "unknown";
}
