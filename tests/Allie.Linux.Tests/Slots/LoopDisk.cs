using Allie.Linux.Native;
using Allie.Linux.Tests.Shared;

namespace Allie.Linux.Tests.Slots;

/// <summary>
/// A disk in a sparse file on a loop device, with partition nodes also where the kernel reads no tables. The kernel gives the device
/// back when this process ends, however it ends: it is detached at once and lives on by the open descriptor alone (losetup(8), autoclear).
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Fd _held;

    /// <param name="table">sfdisk's lines: "size=64M,type=L,name=allie-b".</param>
    /// <param name="label">Kind of partition table: "gpt" or "dos".</param>
    internal LoopDisk(string table, string label = "gpt")
    {
        var image = _directory.Write("table", $"label: {label}\n{table}\n");
        Device = Shell.Run(
            $"""
            truncate -s 256M {_directory.At("disk")}
            sfdisk -q {_directory.At("disk")} < {image}
            exec 8>/run/lock/allie-test-loop; flock 8
            L=$(losetup -P -f --show {_directory.At("disk")})
            trap 'losetup -d $L' ERR
            partx -a $L 2>/dev/null || partx -u $L
            echo $L
            """);
        _held = Fd.Open(Flags.AtFdCwd, Bytes.Of(Device), Flags.ReadOnly, Device);
        Shell.Run($"losetup -d {Device}");
    }

    /// <summary>A slot name that no other test and no real disk of this machine has.</summary>
    internal static string UniqueName() => "t" + Convert.ToHexStringLower(RandomBytes.Read(6));

    internal string Device { get; }

    internal string Part(int number) => $"{Device}p{number}";

    /// <summary>Of the bytes in the file: the disk and its partitions have a cache each, and what is written through the one is not seen in the other's.</summary>
    internal string Sum() => Shell.Run($"blockdev --flushbufs {Device}; for part in {Device}p*; do blockdev --flushbufs $part; done; dd if={Device} iflag=direct bs=1M status=none | sha256sum");

    internal string Temporary(string name) => _directory.At(name);

    public void Dispose()
    {
        _held.Dispose();
        _directory.Dispose();
    }
}
