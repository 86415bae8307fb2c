using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Boot.Moving;
using Allie.Boot.Trying;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Execution;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Moving;

/// <summary>
/// Moves GRUB's files to another partition: all is made ready at the new place and a second core image put beside the first, then one sector
/// (BIOS) or one file (UEFI) says where GRUB begins. A power cut leaves the one or the other, both whole.
/// </summary>
public sealed class BootHomeMover(PcSettings settings, IRunner runner, BootCrash crash)
{
    private static readonly string[] Ours = [GrubEnv.FileName, AllieCfg.FileName, BootRecord.FileName, BootRecord.LogName, CustomCfg.FileName];

    /// <summary>Of the last move; one that is not done has to be undone or made again before anything else is done with the boot loader.</summary>
    public static JournalFile<BootHomeMove> Journal(PcSettings settings) => new(Path.Combine(settings.State, "boot-home.json"), BootJson.Default.BootHomeMove);

    public void Carry(BootHome home, BootHomeTarget target, BootHomePlan plan, string grubInstall)
    {
        var file = Journal(settings);
        var journal = Begin(file, home, target);
        try
        {
            Carry(journal, file, home, target, plan, grubInstall);
        }
        catch (Exception e) when (e is UserError or LinuxException or IOException)
        {
            Undo(file.Load()!); // no half of it stays
            throw;
        }
    }

    private void Carry(BootHomeMove journal, JournalFile<BootHomeMove> file, BootHome home, BootHomeTarget target, BootHomePlan plan, string grubInstall)
    {
        var old = home.Method.Files;
        MakeGrub(old, target, plan, grubInstall);
        var files = Files(target.Directory, target.Partition.FileSystem);
        var cfg = files.Read(GrubCfg.FileName) ?? MovedGrub.Cfg(old.Read(GrubCfg.FileName) ?? "", BootPartition.All().First(p => p.PartUuid == home.Name!.PartUuid).FsUuid, home.Name!.Path);
        file.Save(journal = journal with { Written = Written(journal.Old, home, target, cfg, files) });
        foreach (var (name, text) in journal.Written)
        {
            files.Put(name, text);
        }

        files.Flush();
        journal = PutCores(journal, target, plan, file);
        old.Put(MovedGrub.NoteName, target.Name.Argument + "\n");
        old.Flush();
        Switch(journal, forth: true);
        foreach (var name in Ours)
        {
            old.Put(name, name == CustomCfg.FileName ? CustomCfg.Block.Remove(old.Read(name)) : null);
        }

        old.Flush();
        file.Save(journal with { Done = true });
    }

    /// <summary>Both places are whole in between, so the order only has to keep what GRUB reads.</summary>
    public void Undo(BootHomeMove journal)
    {
        using var old = BootHome.At(NameOf(journal.From), settings, runner);
        using var target = BootHomeTarget.Again(settings, NameOf(journal.To));
        foreach (var (name, text) in journal.Old)
        {
            old.Method.Files.Put(name, text);
        }

        old.Method.Files.Flush();
        Switch(journal, forth: false);
        old.Method.Files.Put(MovedGrub.NoteName, null);
        old.Method.Files.Flush();
        if (Directory.Exists(target.Directory))
        {
            var files = Files(target.Directory, target.Partition.FileSystem);
            if (journal.MadeDirectory)
            {
                crash.BeforeChange();
                TreeRemover.Remove(target.Directory);
            }
            else
            {
                foreach (var (name, text) in journal.Before)
                {
                    files.Put(name, text);
                }

                files.Flush();
            }
        }

        foreach (var disk in journal.Disks.Where(d => d.WasBlank))
        {
            crash.BeforeChange();
            DiskSectors.Of(disk.Disk)!.Write(disk.NewCore, new byte[disk.Sectors * CoreImage.SectorBytes]);
        }

        Journal(settings).Remove();
    }

    /// <summary>What was changed at the new place since the move, but for the canary that GRUB itself sings; null: nothing.</summary>
    public static string? ChangedSince(BootHomeMove journal, BootFiles now) =>
        journal.Written.Where(w => w.Key is not BootRecord.LogName && Known(w.Key, now.Read(w.Key)) != Known(w.Key, w.Value)).Select(w => w.Key).FirstOrDefault();

    private static BootHomeName NameOf(string argument) => BootHomeName.Of(argument) ?? throw new UserError($"the journal of the move names no place: '{argument}'");

    private static string? Known(string name, string? text) => name == GrubEnv.FileName && text is not null ? GrubEnv.Parse(text).With(GrubEnv.Canary, "").Format() : text;

    private BootFiles Files(string directory, string type) => new(directory, d => FrozenFlush.Flush(d, type, crash), crash);

    private static BootHomeMove Begin(JournalFile<BootHomeMove> file, BootHome home, BootHomeTarget target)
    {
        var there = new BootFiles(target.Directory, _ => { }, new(""));
        string[] names = [.. Ours, GrubCfg.FileName, MovedGrub.NoteName];
        var journal = new BootHomeMove
        {
            From = home.Name!.Argument,
            To = target.Name.Argument,
            Old = Ours.ToDictionary(n => n, home.Method.Files.Read),
            Before = names.ToDictionary(n => n, n => target.HasDirectory ? there.Read(n) : null),
            Written = new Dictionary<string, string?>(),
            MadeDirectory = !target.HasDirectory,
        };
        file.Save(journal);
        return journal;
    }

    private static Dictionary<string, string?> Written(IReadOnlyDictionary<string, string?> old, BootHome home, BootHomeTarget target, string cfg, BootFiles there) => new()
    {
        [GrubCfg.FileName] = cfg,
        [GrubEnv.FileName] = old[GrubEnv.FileName],
        [AllieCfg.FileName] = MovedGrub.Entries(old[AllieCfg.FileName], home.Name!, target.Name, cfg),
        [CustomCfg.FileName] = old[AllieCfg.FileName] is null ? there.Read(CustomCfg.FileName) : CustomCfg.Block.Add(there.Read(CustomCfg.FileName)),
        [BootRecord.FileName] = old[BootRecord.FileName],
        [BootRecord.LogName] = old[BootRecord.LogName],
        [MovedGrub.NoteName] = null, // it may have been the boot home once before
    };

    /// <summary>GRUB's own program files, by its own tool on BIOS; on UEFI the program is on the EFI system partition, and finds its modules here.</summary>
    private void MakeGrub(BootFiles old, BootHomeTarget target, BootHomePlan plan, string grubInstall)
    {
        crash.BeforeChange();
        Directory.CreateDirectory(target.Directory);
        foreach (var (disk, _) in plan.Disks)
        {
            crash.BeforeChange();
            runner.RunChecked(
                new Command(grubInstall, ["--target=i386-pc", "--no-bootsector", "--boot-directory=" + target.BootDirectory, disk]) { Limit = TimeSpan.FromMinutes(5) },
                "nothing that the PC starts from was changed");
        }

        using var from = ImageRoot.Open(old.Path);
        foreach (var directory in plan.Stubs.Count == 0 ? [] : from.List(ImagePath.Root).Where(n => n.EndsWith("-efi", StringComparison.Ordinal) || n == "fonts"))
        {
            foreach (var name in from.List(ImagePath.FromRaw(directory)))
            {
                Files(target.Directory, "").CopyFrom(from, $"{directory}/{name}", $"{directory}/{name}");
            }
        }
    }

    /// <summary>A second core image beside the one in use; nothing starts it yet.</summary>
    private BootHomeMove PutCores(BootHomeMove journal, BootHomeTarget target, BootHomePlan plan, JournalFile<BootHomeMove> file)
    {
        var core = ReadCore(target, plan);
        journal = journal with { Stubs = plan.Stubs, Disks = [.. plan.Disks.Select(d => Switch(d.Disk, d.OldCore, core.Length))] };
        file.Save(journal);
        foreach (var disk in journal.Disks)
        {
            crash.BeforeChange();
            DiskSectors.Of(disk.Disk)!.Write(disk.NewCore, CoreImage.At(core, disk.NewCore));
        }

        return journal;
    }

    private static byte[] ReadCore(BootHomeTarget target, BootHomePlan plan)
    {
        if (plan.Disks.Count == 0)
        {
            return [];
        }

        using var root = ImageRoot.Open(target.Directory);
        return root.ReadFile(ImagePath.Of(BootHomePlan.Core));
    }

    private static DiskSwitch Switch(string disk, long oldCore, int size)
    {
        var sectors = DiskSectors.Of(disk)!;
        var place = BootHomePlan.Place(disk, oldCore, size);
        var blank = !sectors.Read(place, CoreImage.Sectors(size)).AsSpan().ContainsAnyExcept((byte)0);
        return new(disk, oldCore, place, CoreImage.Sectors(size), blank, Convert.ToBase64String(sectors.BootSector()));
    }

    private void Switch(BootHomeMove journal, bool forth)
    {
        foreach (var disk in journal.Disks)
        {
            var sectors = DiskSectors.Of(disk.Disk) ?? throw new UserError($"{disk.Disk} is not as it was", "was a disk added or taken out?");
            var (from, to) = forth ? (disk.OldCore, disk.NewCore) : (disk.NewCore, disk.OldCore);
            var now = sectors.BootSector();
            if (GrubBootSector.CoreSector(now) == from)
            {
                crash.BeforeChange();
                sectors.Write(0, GrubBootSector.Starting(now, to));
            }
            else if (GrubBootSector.CoreSector(now) != to)
            {
                throw UserError.Refused($"the boot sector of {disk.Disk} was changed by somebody else meanwhile", "what starts the PC now? allie slot boot-home; grub-install makes it yours again");
            }
        }

        foreach (var stub in journal.Stubs)
        {
            new EspStubs(settings, crash).Put(stub, forth ? stub.New : stub.Old);
        }
    }
}
