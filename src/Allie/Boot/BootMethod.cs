namespace Allie.Boot;

/// <summary>How this PC is brought to start a slot once. Names in allie.toml, on the kernel line and in messages: <see cref="BootMethods"/>.</summary>
public enum BootMethod
{
    /// <summary>GRUB 2, BIOS or UEFI: allie.cfg and allie.env in its own directory.</summary>
    Grub,

    /// <summary>systemd-boot: an entry file and the one-shot variable of the Boot Loader Interface.</summary>
    SystemdBoot,

    /// <summary>The firmware alone: Boot#### with the kernel's EFI stub, and BootNext.</summary>
    BootNext,

    Extlinux,

    /// <summary>kexec for the try; the PC's other method for the commit.</summary>
    Kexec,
}

public static class BootMethods
{
    private static readonly Dictionary<BootMethod, string> Names = new()
    {
        [BootMethod.Grub] = "grub", [BootMethod.SystemdBoot] = "systemd-boot", [BootMethod.BootNext] = "boot-next",
        [BootMethod.Extlinux] = "extlinux", [BootMethod.Kexec] = "kexec",
    };

    public static string All => string.Join(", ", Names.Values);

    public static string Name(this BootMethod method) => Names[method];

    /// <summary>Null: no such name.</summary>
    public static BootMethod? Parse(string name) => Names.Where(n => n.Value == name).Select(n => (BootMethod?)n.Key).FirstOrDefault();
}
