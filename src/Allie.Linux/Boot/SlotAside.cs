using System.Text;

namespace Allie.Linux.Boot;

/// <summary>
/// What a slot's entry is made of, kept until the slot is formatted: so that a prep which is given up before leaves the boot files byte for byte as
/// they were. Texts and variables are in prep's journal, copies of the kernel beside the boot loader under another name.
/// </summary>
public sealed class SlotAside(BootHome home, string slot)
{
    private const string Variable = "efi:";
    private const string Aside = ".before";

    private IBootMethod Method => home.Method;

    private BootFiles Files => home.Method.Files;

    /// <summary>By file name, or "efi:" and the variable's name; one byte per char, null where there is none.</summary>
    public IReadOnlyDictionary<string, string?> Snapshot()
    {
        var (firmware, names) = Method.Variables(slot);
        return Method.TextFiles(slot).Prepend(home.LogName).Prepend(home.RecordName).Select(name => (Key: name, Value: Files.Read(name)))
            .Concat(names.Select(name => (Key: Variable + name, Value: firmware!.Read(name) is { } value ? Encoding.Latin1.GetString(value) : null)))
            .ToDictionary(e => e.Key, e => e.Value);
    }

    /// <summary>The kernel's copy, before the entry that names it goes.</summary>
    public void PutKernel()
    {
        if (Method.KernelDirectory(slot) is { } directory && Files.Exists(directory) && !Files.Exists(directory + Aside))
        {
            Files.RenameDirectory(directory, directory + Aside);
        }
    }

    /// <summary>Byte for byte what was there: what is named first, then what names it.</summary>
    public void Restore(IReadOnlyDictionary<string, string?> snapshot)
    {
        if (Method.KernelDirectory(slot) is { } directory && Files.Exists(directory + Aside) && !Files.Exists(directory))
        {
            Files.RenameDirectory(directory + Aside, directory);
        }

        foreach (var (name, text) in snapshot.Where(e => !e.Key.StartsWith(Variable, StringComparison.Ordinal)))
        {
            Files.Put(name, text);
        }

        Files.Flush();
        var firmware = Method.Variables(slot).Firmware;
        foreach (var (key, value) in snapshot.Where(e => e.Key.StartsWith(Variable, StringComparison.Ordinal)))
        {
            if (value is null)
            {
                firmware?.Remove(key[Variable.Length..]);
            }
            else
            {
                firmware?.Write(key[Variable.Length..], Encoding.Latin1.GetBytes(value));
            }
        }
    }

    /// <summary>The slot is being formatted: there is no way back to what was in it.</summary>
    public void Drop()
    {
        if (Method.KernelDirectory(slot) is { } directory)
        {
            Files.RemoveDirectory(directory + Aside);
        }
    }
}
