using Allie.Errors;
using Allie.Linux.Native;

namespace Allie.Linux.Boot;

/// <summary>EFI variables through efivarfs. Each is one write(2); efivarfs marks those of other GUIDs immutable, which is lifted first.</summary>
/// <param name="directory">/sys/firmware/efi/efivars</param>
/// <param name="crash">For tests.</param>
public sealed unsafe class EfiVariables(string directory, BootCrash crash)
{
    public bool AreThere => Directory.Exists(directory) && Directory.EnumerateFiles(directory).Any();

    public IEnumerable<string> Names => Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f)!) : [];

    /// <summary>Attributes and value; null without the variable.</summary>
    public byte[]? Read(string name) => File.Exists(At(name)) ? File.ReadAllBytes(At(name)) : null;

    /// <summary>Read back and compared: some firmware drops what it does not like without a word.</summary>
    /// <exception cref="UserError">The firmware did not keep it.</exception>
    public void Write(string name, byte[] content)
    {
        if (Read(name) is { } there && there.AsSpan().SequenceEqual(content))
        {
            return;
        }

        crash.BeforeChange();
        Unlock(name);
        using (var file = Fd.Open(Flags.AtFdCwd, Bytes.Of(At(name)), Flags.WriteOnly | Flags.Create, At(name), 0x1A4))
        {
            file.Write(content, At(name));
            if (new FileInfo(At(name)).Length > content.Length)
            {
                _ = Libc.ftruncate(file.Number, content.Length); // a plain file of a test; efivarfs replaces the whole value
            }
        }

        if (Read(name) is not { } kept || !kept.AsSpan().SequenceEqual(content))
        {
            throw new UserError($"the firmware did not keep the EFI variable {name}", "its memory may be full or it may not allow this; use another [boot] method");
        }
    }

    /// <summary>Absent is fine.</summary>
    public void Remove(string name)
    {
        if (Read(name) is not null)
        {
            crash.BeforeChange();
            Unlock(name);
            File.Delete(At(name));
        }
    }

    private void Unlock(string name)
    {
        using var file = Fd.TryOpen(Flags.AtFdCwd, Bytes.Of(At(name)), Flags.ReadOnly, out _);
        long flags = 0;
        if (file is not null && Libc.ioctl(file.Number, Flags.GetInodeFlags, &flags) == 0 && (flags & Flags.InodeImmutable) != 0)
        {
            flags &= ~Flags.InodeImmutable;
            _ = Libc.ioctl(file.Number, Flags.SetInodeFlags, &flags);
        }
    }

    private string At(string name) => Path.Combine(directory, name);
}
