using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Prep;

/// <summary>A GPT disk in a loop file: slots allie-a and allie-b, and a partition that is no slot.</summary>
public sealed class LoopDisk : IDisposable
{
    private readonly System.Diagnostics.Process _holder;

    public LoopDisk(string directory, int slotMebibytes = 96)
    {
        // In memory, and without a name once the loop device has it: nothing can stay behind.
        var file = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : directory, Path.GetFileName(directory) + ".img");

        // The descriptor keeps the loop alive after losetup -d and takes it away when its process ends, however that ends.
        _holder = Shell.Start(
            "bash", "-euc",
            """
            trap 'rm -f "$1"' EXIT
            truncate -s $(($2 * 2 + 108))M "$1"
            printf 'label: gpt\nsize=%sMiB, name=allie-a\nsize=%sMiB, name=allie-b\nsize=64MiB, name=other\n' "$2" "$2" | sfdisk -q "$1"
            exec 9>/run/lock/allie-test-loop
            flock 9
            loop=$(losetup -P -f --show "$1")
            rm "$1"
            exec 8<>"$loop"
            partx -a "$loop" 2>/dev/null || partx -u "$loop"
            losetup -d "$loop"
            exec 9>&-
            echo "$loop"
            exec cat
            """,
            "loop-disk", file, slotMebibytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Device = _holder.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_holder.StandardError.ReadToEnd());
    }

    /// <summary>/dev/loop7</summary>
    public string Device { get; }

    public string SlotA => Device + "p1";

    public string SlotB => Device + "p2";

    public string Other => Device + "p3";

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }
}
