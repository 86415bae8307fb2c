using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Methods;

/// <summary>
/// kexec for the try: no boot loader is written, and any reset lands in what the PC booted before. The PC's other method holds the entries and
/// makes the slot the default once it has confirmed itself.
/// </summary>
/// <param name="other">The PC's boot loader.</param>
/// <param name="open">Mounts a slot read-only and gives its entry.</param>
public sealed class KexecMethod(IBootMethod other, Func<string, (IDisposable Mount, ImageRoot Root, BootEntry Entry)> open) : IBootMethod
{
    public BootMethod Method => BootMethod.Kexec;

    public BootFiles Files => other.Files;

    public string? TryRefusal => Kexec.Refusal();

    public IReadOnlyList<string> TextFiles(string slot) => other.TextFiles(slot);

    public string? KernelDirectory(string slot) => other.KernelDirectory(slot);

    public (EfiVariables? Firmware, IReadOnlyList<string> Names) Variables(string slot) => other.Variables(slot);

    public MethodState State() => other.State();

    public bool Has(string slot) => other.Has(slot);

    public void Check() => other.Check();

    public void Stage(BootEntry entry, ImageRoot slot) => other.Stage(entry, slot);

    public void Remove(string slot) => other.Remove(slot);

    public void Arm(string slot, int tries)
    {
        var (mount, root, entry) = open(slot);
        using (mount)
        using (root)
        {
            Kexec.Load(root, entry.Kernel, entry.Initrd, entry.Line);
        }
    }

    public void Disarm() => other.Disarm();

    public void MakeDefault(string? slot) => other.MakeDefault(slot);
}
