using System.Text;
using Allie.Boot.Grub;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Linux.Files;

namespace Allie.Linux.Installers;

/// <summary>An installer's kernel and initrd beside grub.cfg, and one entry in custom.cfg. grub.cfg, grubenv and the default stay as they are.</summary>
public sealed class InstallerBootEntry
{
    private readonly string _grub;

    /// <param name="directory">Null: /boot/grub or /boot/grub2.</param>
    /// <exception cref="UserError">Exit 2: no GRUB there, or its menu would not show the entry.</exception>
    public InstallerBootEntry(string? directory)
    {
        _grub = directory ?? new[] { "/boot/grub", "/boot/grub2" }.FirstOrDefault(d => File.Exists($"{d}/{GrubCfg.FileName}")) ?? "/boot/grub";
        if (!File.Exists(At(GrubCfg.FileName)))
        {
            throw UserError.Refused($"{_grub} has no grub.cfg", "name GRUB's directory with --grub; other boot loaders: boot the installer from a stick");
        }

        if (!GrubCfg.SourcesCustom(File.ReadAllText(At(GrubCfg.FileName), Encoding.Latin1)))
        {
            throw UserError.Refused(
                $"{At(GrubCfg.FileName)} does not source custom.cfg, so no entry of ours would be seen", $"chmod +x /etc/grub.d/41_custom && grub-mkconfig -o {At(GrubCfg.FileName)}");
        }
    }

    public string Custom => At(CustomCfg.FileName);

    public string Place => At(InstallerMenu.Directory);

    public bool IsThere => Directory.Exists(Place) || Read() is { } text && InstallerMenu.Block.Remove(text) != text;

    /// <summary>Kernel and initrd first: the menu never names a file that is not whole.</summary>
    public void Put(string kernel, string initrd, string entry)
    {
        Directory.CreateDirectory(Place);
        Copy(kernel, "linux");
        Copy(initrd, "initrd");
        Sync();
        AtomicFile.Write(Path.Combine(Place, InstallerMenu.EntryFile), Encoding.Latin1.GetBytes(entry));
        AtomicFile.Write(Custom, Encoding.Latin1.GetBytes(InstallerMenu.Block.Add(Read())));
        Sync();
    }

    /// <summary>The line in custom.cfg first. The file goes with it when it was ours.</summary>
    public void Remove()
    {
        var text = Read();
        if (InstallerMenu.Block.Remove(text) is { } rest)
        {
            if (rest != text)
            {
                AtomicFile.Write(Custom, Encoding.Latin1.GetBytes(rest));
            }
        }
        else if (text is not null)
        {
            File.Delete(Custom);
        }

        Sync();
        if (Directory.Exists(Place))
        {
            foreach (var file in Directory.EnumerateFiles(Place))
            {
                File.Delete(file);
            }

            Directory.Delete(Place);
            Sync();
        }
    }

    private void Copy(string from, string name)
    {
        using var source = ImageRoot.Open(Path.GetDirectoryName(Path.GetFullPath(from))!);
        using var target = ImageRoot.Open(Place);
        target.CopyFrom(source, ImagePath.Of(Path.GetFileName(from)), ImagePath.Of(name), FileMetadata.Root(0x1A4, ImageRoot.Now));
    }

    private string? Read() => File.Exists(Custom) ? File.ReadAllText(Custom, Encoding.Latin1) : null;

    private string At(string name) => Path.Combine(_grub, name);

    private void Sync()
    {
        using var directory = ImageRoot.Open(_grub);
        directory.SyncFileSystem();
    }
}
