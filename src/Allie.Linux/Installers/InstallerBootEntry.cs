using System.Text;
using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Linux.Files;

namespace Allie.Linux.Installers;

/// <summary>An installer's kernel and initrd beside grub.cfg, and one entry in custom.cfg. grub.cfg, grubenv and the default stay as they are.</summary>
public sealed partial class InstallerBootEntry
{
    private readonly string _grub;

    /// <param name="directory">Null: /boot/grub or /boot/grub2.</param>
    /// <exception cref="UserError">Exit 2: no GRUB there, or its menu would not show the entry.</exception>
    public InstallerBootEntry(string? directory)
    {
        _grub = directory ?? new[] { "/boot/grub", "/boot/grub2" }.FirstOrDefault(d => File.Exists(d + "/grub.cfg")) ?? "/boot/grub";
        if (!File.Exists(At("grub.cfg")))
        {
            throw UserError.Refused($"{_grub} has no grub.cfg", "name GRUB's directory with --grub; other boot loaders: boot the installer from a stick");
        }

        if (!Sources().IsMatch(File.ReadAllText(At("grub.cfg"), Encoding.Latin1)))
        {
            throw UserError.Refused($"{At("grub.cfg")} does not source custom.cfg, so no entry of ours would be seen", $"chmod +x /etc/grub.d/41_custom && grub-mkconfig -o {At("grub.cfg")}");
        }
    }

    public string CustomCfg => At("custom.cfg");

    public string Place => At(InstallerMenu.Directory);

    public bool IsThere => Directory.Exists(Place) || Read() is { } text && InstallerMenu.Remove(text) != text;

    /// <summary>Kernel and initrd first: the entry never names a file that is not whole.</summary>
    public void Put(string kernel, string initrd, string block)
    {
        Directory.CreateDirectory(Place);
        Copy(kernel, "linux");
        Copy(initrd, "initrd");
        Sync();
        AtomicFile.Write(CustomCfg, Encoding.Latin1.GetBytes(InstallerMenu.Add(Read(), block)));
        Sync();
    }

    /// <summary>The entry first. A custom.cfg that held nothing else goes with it.</summary>
    public void Remove()
    {
        if (Read() is { } text && InstallerMenu.Remove(text) is { } rest && rest != text)
        {
            if (rest.Length == 0)
            {
                File.Delete(CustomCfg);
            }
            else
            {
                AtomicFile.Write(CustomCfg, Encoding.Latin1.GetBytes(rest));
            }

            Sync();
        }

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

    private string? Read() => File.Exists(CustomCfg) ? File.ReadAllText(CustomCfg, Encoding.Latin1) : null;

    private string At(string name) => Path.Combine(_grub, name);

    private void Sync()
    {
        using var directory = ImageRoot.Open(_grub);
        directory.SyncFileSystem();
    }

    [GeneratedRegex(@"^\s*(source|configfile|\.)\s+\S*/custom\.cfg", RegexOptions.Multiline)]
    private static partial Regex Sources();
}
