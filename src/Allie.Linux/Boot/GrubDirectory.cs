using System.Text;
using Allie.Boot;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Boot;

/// <summary>
/// GRUB 2's own directory on this PC: our two files in it, written whole. grub.cfg, grubenv and the default entry are never touched.
/// </summary>
public sealed class GrubDirectory
{
    private GrubDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null when this PC has no GRUB that we can see.</summary>
    /// <param name="settings">[boot] grub, when it is set, is where it must be.</param>
    /// <param name="kernelLine">/proc/cmdline: an image started by an entry of ours has its menu on another file system.</param>
    /// <exception cref="UserError">Exit 2: the directory that is set has no grub.cfg, or the menu is elsewhere.</exception>
    public static GrubDirectory? Find(PcSettings settings, string kernelLine)
    {
        if (settings.GrubDirectory.Length > 0)
        {
            return Has(settings.GrubDirectory)
                ? new(settings.GrubDirectory)
                : throw UserError.Refused($"{settings.GrubDirectory} has no {GrubCfg.FileName}", "it is set in allie.toml: [boot] grub");
        }

        if (kernelLine.Split(' ').FirstOrDefault(w => w.StartsWith("allie.prefix=", StringComparison.Ordinal)) is { } prefix)
        {
            throw UserError.Refused(
                $"the boot menu of this PC is on another file system: {prefix["allie.prefix=".Length..].Trim()}",
                "mount that file system and set in allie.toml: [boot] grub = \"/where/boot/grub\"; or --no-boot-entry");
        }

        return new[] { "/boot/grub", "/boot/grub2" }.Where(Has).Select(d => new GrubDirectory(d)).FirstOrDefault();
    }

    /// <summary>Before anything is formatted: would GRUB show an entry of ours at all?</summary>
    /// <exception cref="UserError">Exit 2, with the command that mends it.</exception>
    public void Check()
    {
        if (!GrubCfg.SourcesCustom(Read(GrubCfg.FileName) ?? ""))
        {
            throw UserError.Refused(
                $"{File(GrubCfg.FileName)} does not source custom.cfg, so no entry of ours would be seen",
                $"chmod +x /etc/grub.d/41_custom && grub-mkconfig -o {File(GrubCfg.FileName)} (Fedora, SUSE: grub2-mkconfig)");
        }
    }

    public bool HasEntry(string slot) => Entries().Has(slot);

    /// <summary>Adds or replaces the entry of one slot.</summary>
    public void Put(GrubEntry entry)
    {
        // The entries first: custom.cfg then sources a file that is whole.
        Write(AllieCfg.FileName, Entries().With(entry).Format());
        var custom = Read(CustomCfg.FileName);
        if (CustomCfg.Add(custom) is var wanted && wanted != custom)
        {
            Write(CustomCfg.FileName, wanted);
        }

        Flush();
    }

    /// <summary>Takes the entry of one slot away; with the last one goes all that we wrote here.</summary>
    public void Remove(string slot)
    {
        var left = Entries().Without(slot);
        if (left.Entries.Count > 0)
        {
            Write(AllieCfg.FileName, left.Format());
        }
        else if (Read(AllieCfg.FileName) is not null)
        {
            var custom = Read(CustomCfg.FileName);
            if (CustomCfg.Remove(custom) is var rest && rest != custom)
            {
                Replace(CustomCfg.FileName, rest);
            }

            Replace(AllieCfg.FileName, null);
        }

        Flush();
    }

    /// <summary>Our files as they are, one byte per char; null where there is none. For <see cref="Restore"/>.</summary>
    public IReadOnlyDictionary<string, string?> Snapshot() =>
        new[] { AllieCfg.FileName, CustomCfg.FileName }.ToDictionary(name => name, Read);

    /// <summary>Byte for byte what a snapshot has.</summary>
    public void Restore(IReadOnlyDictionary<string, string?> snapshot)
    {
        foreach (var (name, text) in snapshot)
        {
            Replace(name, text);
        }

        Flush();
    }

    private static bool Has(string directory) => System.IO.File.Exists(System.IO.Path.Combine(directory, GrubCfg.FileName));

    private AllieCfg Entries() => AllieCfg.Parse(Read(AllieCfg.FileName) ?? "");

    private string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Bytes as chars, so that what an administrator wrote in any encoding comes back as it was.</summary>
    private string? Read(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllText(File(name), Encoding.Latin1) : null;

    private void Write(string name, string text)
    {
        if (Read(name) != text)
        {
            AtomicFile.Write(File(name), Encoding.Latin1.GetBytes(text));
        }
    }

    private void Replace(string name, string? text)
    {
        if (text is not null)
        {
            Write(name, text);
        }
        else
        {
            System.IO.File.Delete(File(name));
        }
    }

    /// <summary>GRUB reads the disk, not our cache. It replays no journal either: docs/design/prep.md tells what that leaves open.</summary>
    private void Flush()
    {
        using var directory = ImageRoot.Open(Path);
        directory.SyncFileSystem();
    }
}
