using System.Text.Json;
using Allie.Boot;
using Allie.Boot.Moving;
using Allie.Boot.Trying;
using Allie.Config;
using Allie.Errors;
using Allie.Linux.Boot.Methods;
using Allie.Linux.Boot.Moving;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot;

/// <summary>
/// The boot loader's place on this PC, with the method that serves it and the record of what was tried. Every image of the PC finds the same
/// one: the one in a slot by allie.home= of its kernel line.
/// </summary>
public sealed class BootHome : IDisposable
{
    private const int MostMoves = 8; // two notes that name each other must not hold anybody up

    private readonly IDisposable? _mount;
    private readonly string _prefix;

    private BootHome(IBootMethod method, BootHomeName? name, BootVerdict verdict, IDisposable? mount, string prefix)
    {
        Method = method;
        Name = name;
        Verdict = verdict;
        _mount = mount;
        _prefix = prefix;
    }

    public IBootMethod Method { get; }

    /// <summary>Null where it is no partition's file system (a directory in memory, in tests).</summary>
    public BootHomeName? Name { get; }

    public BootVerdict Verdict { get; }

    /// <summary>Mounts the boot home's partition where it is not ours to see: call <see cref="MountNamespace.Enter"/> first.</summary>
    /// <param name="slots">For kexec: mounts a slot and gives its entry.</param>
    /// <exception cref="UserError">Exit 2: no boot loader that we know, or one that cannot be used, with the reasons.</exception>
    public static BootHome Open(PcSettings settings, IRunner runner, BootMethod? wanted = null, Func<BootHomeName?, string, (IDisposable, Files.ImageRoot, BootEntry)>? slots = null)
    {
        if (BootHomeMover.Journal(settings).Load() is { Done: false } cut)
        {
            throw new UserError($"a move of the boot loader's files to {BootHomeName.Of(cut.To)} was cut short", "allie slot boot-home --undo takes it back; the same --to makes it anew");
        }

        var look = new BootLook(settings);
        var facts = look.Facts(wanted);
        var verdict = BootChoice.Pick(facts);
        var crash = BootCrash.FromEnvironment();
        var home = facts.FromKernelLine is { } told && verdict.Method == told.Method
            ? Told(told, verdict, settings, look, runner, crash)
            : Here(facts, verdict, settings, look, runner, crash);
        for (var hops = 0; hops < MostMoves && home.MovedTo is { } moved; hops++)
        {
            home.Dispose();
            home = Told(moved, verdict with { Reason = $"{verdict.Reason}; moved here since" }, settings, look, runner, crash);
        }

        if (facts.Wanted == BootMethod.Kexec && slots is not null)
        {
            return facts.KexecRefusal is { } refusal
                ? throw UserError.Refused($"cannot use kexec: {refusal}", "use the PC's boot loader: --method " + home.Method.Method.Name())
                : new(new KexecMethod(home.Method, slot => slots(home.Name, slot)), home.Name, verdict, home._mount, home._prefix);
        }

        return home;
    }

    /// <summary>GRUB's files at a named place, whatever says where they are now.</summary>
    internal static BootHome At(BootHomeName name, PcSettings settings, IRunner runner) =>
        Told(name, new(name.Method, true, null, "by name"), settings, new(settings), runner, BootCrash.FromEnvironment());

    /// <summary>What `slot boot-home --to` left in the old place.</summary>
    private BootHomeName? MovedTo => Method is GrubMethod && Directory.Exists(Method.Files.Path) && Method.Files.Read(MovedGrub.NoteName) is { } note ? BootHomeName.Of(note) : null;

    /// <summary>For tests: a method on directories.</summary>
    internal static BootHome Of(IBootMethod method) => new(method, null, new(method.Method, true, null, "for a test"), null, "");

    /// <summary>A damaged record counts as none, as if nothing had been tried: it is no reason not to start the PC.</summary>
    public BootRecord Read() => Method.Files.Read(RecordName) is { } text ? BootRecord.TryParse(System.Text.Encoding.Latin1.GetBytes(text)) ?? new() : new();

    public void Save(BootRecord record)
    {
        var text = record.IsEmpty ? null : System.Text.Encoding.Latin1.GetString(JsonSerializer.SerializeToUtf8Bytes(record, BootJson.Default.BootRecord)) + "\n";
        Method.Files.Put(RecordName, text);
        if (text is null)
        {
            Method.Files.Put(LogName, null); // it tells of what is in the record
        }

        Method.Files.Flush();
    }

    public string RecordName => _prefix + BootRecord.FileName;

    public string LogName => _prefix + BootRecord.LogName;

    /// <summary>One line for people, in allie.log; the last hundred are kept.</summary>
    public void Log(string line)
    {
        const int Kept = 100;
        var lines = (Method.Files.Read(LogName) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(Kept - 1).Append($"{Now} {line.ReplaceLineEndings(" ")}");
        Method.Files.Put(LogName, string.Concat(lines.Select(l => l + "\n")));
    }

    public IReadOnlyList<string> LogLines() => (Method.Files.Read(LogName) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _mount?.Dispose();

    internal static string Now => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static BootHome Told(BootHomeName told, BootVerdict verdict, PcSettings settings, BootLook look, IRunner runner, BootCrash crash)
    {
        var partition = BootPartition.All().FirstOrDefault(p => p.PartUuid == told.PartUuid)
            ?? throw UserError.Refused($"the boot home of this PC is not there: {told}", "was a disk taken out? else set [boot] grub in allie.toml");
        return On(partition, told, verdict, settings, look, runner, crash);
    }

    private static BootHome Here(BootFacts facts, BootVerdict verdict, PcSettings settings, BootLook look, IRunner runner, BootCrash crash)
    {
        if (verdict.Method is BootMethod.Grub or BootMethod.Extlinux)
        {
            var directory = verdict.Method == BootMethod.Grub ? facts.GrubDirectory! : facts.ExtlinuxDirectory!;
            var (mount, device) = BootPartition.Of(directory);
            var real = Directory.ResolveLinkTarget(directory, true)?.FullName ?? Path.GetFullPath(directory);
            var below = mount.Point == "/" ? real : real[mount.Point.Length..];
            var onDisk = mount.Root.TrimEnd('/') + below;
            var partition = BootPartition.All().FirstOrDefault(p => p.DeviceName == device);
            var name = partition is null ? null : new BootHomeName(verdict.Method, partition.PartUuid, onDisk);
            var files = new BootFiles(directory, d => FrozenFlush.Flush(d, mount.Type, crash), crash);
            IBootMethod method = verdict.Method == BootMethod.Grub
                ? new GrubMethod(files, facts.GrubWriteRefusal)
                : new ExtlinuxMethod(files, onDisk, runner);
            return new(method, name, verdict, null, "");
        }

        var esp = look.Esp(new EfiVariables(look.Variables, crash))!;
        return On(esp, new(verdict.Method, esp.PartUuid, "/EFI/allie"), verdict, settings, look, runner, crash);
    }

    private static BootHome On(BootPartition partition, BootHomeName name, BootVerdict verdict, PcSettings settings, BootLook look, IRunner runner, BootCrash crash)
    {
        var type = partition.FileSystem;
        MountScope mount;
        try
        {
            mount = MountScope.Mount(partition.Node, type, settings.Run, readOnly: false);
        }
        catch (Native.LinuxException e)
        {
            throw new UserError($"cannot mount the boot home {partition.Node} ({type}): {e.Message}", "is it mounted read-only elsewhere? or does this kernel lack " + type + "?", cause: e);
        }

        var efi = new EfiVariables(look.Variables, crash);
        void Flush(string directory) => FrozenFlush.Flush(directory, type, crash);
        var below = Path.Combine(mount.Path, name.Path.TrimStart('/'));
        IBootMethod method = name.Method switch
        {
            BootMethod.Grub => new GrubMethod(new(below, Flush, crash), Allie.Boot.Grub.GrubHome.WriteRefusal(type, partition.DeviceName)),
            BootMethod.Extlinux => new ExtlinuxMethod(new(below, Flush, crash), name.Path, runner),
            BootMethod.SystemdBoot => new SystemdBootMethod(new(mount.Path, Flush, crash), efi),
            _ => new BootNextMethod(new(mount.Path, Flush, crash), efi, partition),
        };
        return new(method, name, verdict, mount, name.Method is BootMethod.SystemdBoot or BootMethod.BootNext ? "EFI/allie/" : "");
    }
}
