using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Prep;

/// <summary>A GPT disk in a loop file: slots allie-a and allie-b, and a partition that is no slot.</summary>
public sealed class LoopDisk : IDisposable
{
    private readonly System.Diagnostics.Process _holder;

    /// <param name="directory">Its last name is the disk's.</param>
    /// <param name="slotMebibytes">Size of each slot.</param>
    /// <param name="onOwnFileSystem">The loop file is on a file system of its own, which can be frozen: <see cref="WhatIsOnThePlatter"/>.</param>
    public LoopDisk(string directory, int slotMebibytes = 96, bool onOwnFileSystem = false)
    {
        // In memory, and without a name once the loop device has it: nothing can stay behind.
        var file = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : directory, Path.GetFileName(directory) + ".img");

        // The descriptor keeps the loop alive after losetup -d and takes it away when its process ends, however that ends.
        _holder = Shell.Start(
            "unshare", "-m", "--propagation", "private", "bash", "-euc",
            """
            trap 'rm -f "$1"' EXIT
            if [ -n "$3" ]; then
              truncate -s $(($2 * 2 + 300))M "$1"
              mkfs.ext4 -q "$1"
              mount -o loop "$1" /media
              rm "$1"
              set -- "/media/disk" "$2"
            fi
            truncate -s $(($2 * 2 + 108))M "$1"
            printf 'label: gpt\nsize=%sMiB, name=allie-a\nsize=%sMiB, name=allie-b\nsize=64MiB, name=other\n' "$2" "$2" | sfdisk -q "$1"
            exec 9>/run/lock/allie-test-loop
            flock 9
            loop=$(losetup -P -f --show "$1")
            exec 7<"$1"
            rm "$1"
            exec 8<>"$loop"
            partx -a "$loop" 2>/dev/null || partx -u "$loop"
            losetup -d "$loop"
            exec 9>&-
            echo "$loop"
            exec cat
            """,
            "loop-disk", file, slotMebibytes.ToString(System.Globalization.CultureInfo.InvariantCulture), onOwnFileSystem ? "yes" : "");
        Device = _holder.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_holder.StandardError.ReadToEnd());
    }

    /// <summary>/dev/loop7</summary>
    public string Device { get; }

    public string SlotA => Device + "p1";

    public string SlotB => Device + "p2";

    public string Other => Device + "p3";

    /// <summary>
    /// What a power cut at this moment would leave of the disk: all that was handed to the device, in one instant, and nothing that the kernel still
    /// kept. For a file system that cannot be shut down.
    /// </summary>
    public void WhatIsOnThePlatter(string file) => Shell.Run($"""
        nsenter -t {_holder.Id} -m bash -euc 'fsfreeze -f /media; trap "fsfreeze -u /media" EXIT; cp --sparse=always /proc/{_holder.Id}/fd/7 {file}'
        """);

    /// <summary>The disk as it was then; nothing of it may be mounted.</summary>
    public void PutBack(string file) => Shell.Run($"cat {file} >{Device}; blockdev --flushbufs {Device} {SlotA} {SlotB}");

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }
}
