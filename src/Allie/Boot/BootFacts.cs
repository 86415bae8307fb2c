using Allie.Overlays.Layers;

namespace Allie.Boot;

/// <summary>What was found on a PC, as far as the choice of the boot method looks at it.</summary>
public sealed record BootFacts
{
    /// <summary>/sys/firmware/efi is there.</summary>
    public required bool IsEfi { get; init; }

    /// <summary>EFI variables can be read and written (efivarfs).</summary>
    public bool HasVariables { get; init; }

    public bool SecureBoot { get; init; }

    /// <summary>The LoaderInfo variable: "systemd-boot 252"; null without it.</summary>
    public string? LoaderInfo { get; init; }

    /// <summary>The system was started by an entry of ours, which told where the boot home is.</summary>
    public BootHomeName? FromKernelLine { get; init; }

    /// <summary>GRUB's directory with a grub.cfg; null without one.</summary>
    public string? GrubDirectory { get; init; }

    public string? GrubWriteRefusal { get; init; }

    /// <summary>grub.cfg reads custom.cfg.</summary>
    public bool GrubReadsCustom { get; init; }

    public bool GrubChecksSignatures { get; init; }

    /// <summary>The directory with extlinux.conf and ldlinux.sys; null without.</summary>
    public string? ExtlinuxDirectory { get; init; }

    /// <summary>There is an EFI system partition.</summary>
    public bool HasEsp { get; init; }

    /// <summary>[boot] method, or --method.</summary>
    public BootMethod? Wanted { get; init; }

    /// <summary>Why kexec cannot be used; null when it can.</summary>
    public string? KexecRefusal { get; init; }
}
