using Allie.Boot;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Methods;

/// <summary>A slot's kernel and initrd beside the boot loader, for methods that read one partition only.</summary>
internal static class KernelCopy
{
    /// <summary>The kernel as an EFI program has this ending.</summary>
    internal const string Kernel = "linux.efi";
    internal const string Initrd = "initrd.img";

    /// <exception cref="UserError">Exit 1: too little room, and nothing was copied.</exception>
    internal static void Make(BootFiles files, string directory, BootEntry entry, ImageRoot slot)
    {
        var bytes = slot.Stat(ImagePath.Of(entry.Kernel)).Size + slot.Stat(ImagePath.Of(entry.Initrd)).Size;
        var free = files.FreeBytes;
        if (free < bytes * 3 / 2)
        {
            throw new UserError(
                $"too little room on the boot partition for the kernel of slot {entry.Slot}: {free >> 20} MiB free, {bytes * 3 / 2 >> 20} MiB needed",
                $"look into {files.Path}: old kernels?");
        }

        files.CopyFrom(slot, entry.Kernel, $"{directory}/{Kernel}");
        files.CopyFrom(slot, entry.Initrd, $"{directory}/{Initrd}");
    }
}
