using Allie.Boot;
using Allie.Boot.Efi;
using Allie.Boot.Grub;
using Allie.Config;
using Allie.Overlays.Layers;

namespace Allie.Linux.Boot;

/// <summary>Looks at how this PC starts; writes nothing.</summary>
/// <param name="systemRoot">Where proc, sys and boot are; "/" but in tests.</param>
public sealed class BootLook(PcSettings settings, string systemRoot = "/")
{
    private static readonly string[] GrubPlaces = ["boot/grub", "boot/grub2"];
    private static readonly string[] ExtlinuxPlaces = ["boot/extlinux", "boot/syslinux", "extlinux", "boot"];

    public string Variables => At("sys/firmware/efi/efivars");

    public string KernelLine => File.ReadAllText(At("proc/cmdline"));

    public string BootId => File.ReadAllText(At("proc/sys/kernel/random/boot_id")).Trim();

    /// <param name="wanted">--method; else [boot] method counts.</param>
    public BootFacts Facts(BootMethod? wanted = null)
    {
        var efi = new EfiVariables(Variables, new(""));
        var grub = Grub();
        var menu = grub is null ? GrubMenu.Unknown : GrubMenu.Parse(Text(grub, GrubCfg.FileName), Text(grub, "grubenv"));
        var line = KernelLine;
        return new()
        {
            IsEfi = Directory.Exists(At("sys/firmware/efi")),
            HasVariables = efi.AreThere,
            SecureBoot = efi.Read(EfiVariable.SecureBoot) is [_, _, _, _, 1],
            LoaderInfo = efi.Read(EfiVariable.LoaderInfo) is { } info ? EfiVariable.Text(info) : null,
            FromKernelLine = Told(line, systemRoot),
            GrubDirectory = grub,
            GrubWriteRefusal = grub is null ? null : WriteRefusal(grub),
            GrubChecksSignatures = menu.ChecksSignatures,
            ExtlinuxDirectory = ExtlinuxPlaces.Select(At).FirstOrDefault(d => File.Exists(Path.Combine(d, "extlinux.conf")) && File.Exists(Path.Combine(d, "ldlinux.sys"))),
            HasEsp = Esp(efi) is not null,
            Wanted = wanted ?? (settings.BootMethod.Length > 0 ? BootMethods.Parse(settings.BootMethod) : null),
            KexecRefusal = Kexec.Refusal(systemRoot),
        };
    }

    /// <summary>The one that systemd-boot says it came from, else the only one.</summary>
    public BootPartition? Esp(EfiVariables efi)
    {
        var all = BootPartition.All(systemRoot).Where(p => p.IsEsp).ToList();
        var told = efi.Read(EfiVariable.LoaderDevice) is { } value ? EfiVariable.Text(value).ToLowerInvariant() : null;
        return all.FirstOrDefault(p => p.PartUuid == told) ?? (all.Count == 1 ? all[0] : null);
    }

    /// <summary>By the kernel line of an entry of ours; else by what prep noted in the image, when somebody else's menu started it.</summary>
    internal static BootHomeName? Told(string kernelLine, string systemRoot) =>
        BootHomeName.Of(kernelLine)
        ?? (Path.Combine(systemRoot, Health.ConfirmInstall.HomeNote) is var note && File.Exists(note) ? BootHomeName.Of(File.ReadAllText(note)) : null);

    private string? Grub() =>
        settings.GrubDirectory.Length > 0 ? settings.GrubDirectory : GrubPlaces.Select(At).FirstOrDefault(d => File.Exists(Path.Combine(d, GrubCfg.FileName)));

    private static string? WriteRefusal(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return null;
        }

        var (mount, device) = BootPartition.Of(directory);
        return GrubHome.WriteRefusal(mount.Type, device);
    }

    private static string Text(string directory, string name) =>
        Path.Combine(directory, name) is var file && File.Exists(file) ? File.ReadAllText(file, System.Text.Encoding.Latin1) : "";

    private string At(string path) => Path.Combine(systemRoot, path);
}
