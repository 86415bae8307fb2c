using Allie.Errors;

namespace Allie.Boot;

/// <summary>One boot method on this PC.</summary>
/// <param name="Found">It is here: it could at least make a slot the default.</param>
/// <param name="Refusal">Why it cannot try a slot; null when it can.</param>
/// <param name="Reason">What it was recognised by, or why it is not here.</param>
public sealed record BootVerdict(BootMethod Method, bool Found, string? Refusal, string Reason)
{
    public bool CanTry => Found && Refusal is null;

    public override string ToString() => $"{Method.Name()}: {Reason}{(Refusal is null ? "" : "; " + Refusal)}";
}

/// <summary>Which boot method this PC is served by, with the reasons for and against each.</summary>
public static class BootChoice
{
    public static IReadOnlyList<BootVerdict> Verdicts(BootFacts facts) => [SystemdBoot(facts), Grub(facts), Extlinux(facts), BootNext(facts), Kexec(facts)];

    /// <summary>The method that holds the default: the one an entry of ours came from, the one asked for, else the first that can try a slot.</summary>
    /// <exception cref="UserError">Exit 2: none, with every reason.</exception>
    public static BootVerdict Pick(BootFacts facts)
    {
        var all = Verdicts(facts).Where(v => v.Method != BootMethod.Kexec).ToList();
        if (facts.FromKernelLine is { } home && facts.Wanted is null or BootMethod.Kexec)
        {
            return all.First(v => v.Method == home.Method) with { Found = true, Reason = $"the running system was started from {home}" };
        }

        if (facts.Wanted is { } wanted and not BootMethod.Kexec)
        {
            var asked = all.First(v => v.Method == wanted);
            return asked.Found ? asked : throw UserError.Refused($"cannot use {asked.Method.Name()}: {asked.Reason}", $"this PC: {string.Join("; ", all)}");
        }

        return all.FirstOrDefault(v => v.CanTry) ?? all.FirstOrDefault(v => v.Found)
            ?? throw UserError.Refused(
                $"this PC has no boot loader that allie knows: {string.Join("; ", all)}", "set [boot] grub in allie.toml when GRUB's directory is elsewhere; or --no-boot-entry");
    }

    private static BootVerdict SystemdBoot(BootFacts f) =>
        f.LoaderInfo is null || !f.LoaderInfo.StartsWith("systemd-boot", StringComparison.Ordinal)
            ? new(BootMethod.SystemdBoot, false, null, f.IsEfi ? "the firmware was not told of a systemd-boot" : "needs UEFI")
            : new(BootMethod.SystemdBoot, f.HasEsp, f.HasVariables ? null : "EFI variables cannot be written", $"{f.LoaderInfo} started this system");

    private static BootVerdict Grub(BootFacts f)
    {
        if (f.GrubDirectory is not { } directory)
        {
            return new(BootMethod.Grub, false, null, "no /boot/grub/grub.cfg or /boot/grub2/grub.cfg");
        }

        return f.GrubChecksSignatures
            ? new(BootMethod.Grub, false, null, $"{directory}/grub.cfg checks signatures, and would not read our files")
            : new(BootMethod.Grub, true, f.GrubWriteRefusal, $"{directory}/grub.cfg");
    }

    private static BootVerdict Extlinux(BootFacts f) =>
        f.ExtlinuxDirectory is { } directory
            ? new(BootMethod.Extlinux, true, null, $"{directory} has extlinux.conf and ldlinux.sys")
            : new(BootMethod.Extlinux, false, null, "no extlinux.conf beside a ldlinux.sys");

    private static BootVerdict BootNext(BootFacts f) =>
        !f.IsEfi ? new(BootMethod.BootNext, false, null, "needs UEFI")
        : !f.HasEsp ? new(BootMethod.BootNext, false, null, "no EFI system partition")
        : !f.HasVariables ? new(BootMethod.BootNext, false, null, "EFI variables cannot be written")
        : f.SecureBoot ? new(BootMethod.BootNext, false, null, "Secure Boot is on: the firmware starts no kernel that its keys have not signed")
        : new(BootMethod.BootNext, true, null, "UEFI with an EFI system partition");

    private static BootVerdict Kexec(BootFacts f) =>
        new(BootMethod.Kexec, f.KexecRefusal is null, f.KexecRefusal, f.KexecRefusal is null ? "the kernel can start another one" : "not here");
}
