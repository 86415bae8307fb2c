using Allie.Config;
using Allie.Errors;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Linux.Tests.Shared;
using Allie.Slots;
using Xunit;

namespace Allie.Linux.Tests.Slots;

[Collection("loop devices")]
public sealed class FormatterTests : IDisposable
{
    private static readonly SlotNeeds Needs = new(AllowLoopDevices: true);
    private static readonly SlotFinder Finder = new(PcSettings.Parse("", "allie.toml"));
    private readonly string _name = LoopDisk.UniqueName();
    private readonly string _uuid = AllieUuid.Make(RandomBytes.Read(16));
    private readonly IRunner _runner = new Runner(TestContext.Current.CancellationToken);
    private readonly LoopDisk _disk;

    public FormatterTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _disk = new($"size=64M,type=L,name=allie-{_name}");
    }

    public void Dispose() => _disk?.Dispose();

    [Fact]
    public void The_slot_gets_the_label_and_uuid_and_is_ours_from_then_on()
    {
        Format(_runner);

        Assert.Equal(("ext4", "deb13~2", _uuid), (Value("TYPE"), Value("LABEL"), Value("UUID")));
        Assert.DoesNotMatch("metadata_csum_seed|orphan_file", Shell.Run($"dumpe2fs -h {_disk.Part(1)} 2>/dev/null | grep features"));
        Assert.Empty(SlotRules.Refusals(Finder.Get(_name), Needs));
    }

    [Fact]
    public void A_mke2fs_that_does_not_know_a_feature_is_asked_with_fewer()
    {
        var old = new OldMke2fs(_runner, "orphan_file");

        Format(old);

        Assert.Equal(1, old.Refused);
        Assert.Equal(_uuid, Value("UUID"));
    }

    [Fact]
    public void Signatures_that_mkfs_would_leave_behind_are_gone()
    {
        // RAID metadata 1.0 at the end of our own file system: two signatures, of which mke2fs overwrites one.
        Format(_runner);
        Shell.Run($@"printf '\374\116\053\251' | dd of={_disk.Part(1)} bs=512 seek=$(( (64 << 11) - 16 )) conv=notrunc status=none");
        Assert.Contains("R5", SlotRules.Refusals(Finder.Get(_name), Needs).Select(r => r.Rule));
        Shell.Run($@"dd if=/dev/zero of={_disk.Part(1)} bs=512 seek=$(( (64 << 11) - 16 )) count=1 conv=notrunc status=none");
        using var guard = SlotGuard.Take(Finder, Finder.Get(_name), Needs, _disk.Temporary("run"));
        Shell.Run($@"printf '\374\116\053\251' | dd of={_disk.Part(1)} bs=512 seek=$(( (64 << 11) - 16 )) conv=notrunc status=none");

        var error = Assert.Throws<UserError>(() => new Formatter(_runner).Format(guard, "deb13", _uuid));

        Assert.Contains("R5", error.Message); // it came between plan and writing, and was seen
    }

    [Fact]
    public void A_mkfs_that_did_nothing_is_noticed()
    {
        var error = Assert.Throws<UserError>(() => Format(new Pretender()));

        Assert.Contains("read back", error.Message);
    }

    [Fact]
    public void A_failing_mkfs_is_told_with_its_last_word()
    {
        Assert.Contains("went wrong", Assert.Throws<UserError>(() => Format(new Pretender(1, "it went wrong"))).Message);
    }

    [Fact]
    public void A_second_run_is_told_who_has_the_slot()
    {
        using var first = SlotGuard.Take(Finder, Finder.Get(_name), Needs, _disk.Temporary("run"));

        var error = Assert.Throws<UserError>(() => SlotGuard.Take(Finder, Finder.Get(_name), Needs, _disk.Temporary("run")));

        Assert.Equal(4, error.ExitCode);
        Assert.Contains(Environment.ProcessId.ToString(), error.Message);
    }

    [Fact]
    public void A_mount_that_comes_after_the_plan_stops_it_and_nothing_is_written()
    {
        Format(_runner);
        Directory.CreateDirectory(_disk.Temporary("mnt"));
        using var guard = SlotGuard.Take(Finder, Finder.Get(_name), Needs, _disk.Temporary("run"));
        using var mount = new ForeignMount(_disk.Part(1), _disk.Temporary("mnt"));

        var error = Assert.Throws<UserError>(() => new Formatter(_runner).Format(guard, "other", AllieUuid.Make(RandomBytes.Read(16))));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal(("deb13~2", _uuid), (Value("LABEL"), Value("UUID")));
    }

    private void Format(IRunner runner)
    {
        using var guard = SlotGuard.Take(Finder, Finder.Get(_name), Needs, _disk.Temporary("run"));
        new Formatter(runner).Format(guard, "deb13~2", _uuid);
    }

    private string Value(string tag) => Shell.Run($"blkid -p -o value -s {tag} {_disk.Part(1)}");

    private sealed class OldMke2fs(IRunner real, string unknown) : IRunner
    {
        internal int Refused { get; private set; }

        public Outcome Run(Command command)
        {
            if (!command.Arguments.Any(a => a.Contains(unknown)))
            {
                return real.Run(command);
            }

            // What the real one of 1.46 does, here provoked with a name that no version knows.
            Refused++;
            return real.Run(new Command("mkfs.ext4", [.. command.Arguments.Select(a => a.Replace(unknown, "no_such_feature"))]));
        }
    }

    private sealed class Pretender(int code = 0, string said = "") : IRunner
    {
        public Outcome Run(Command command) => new(command.Program, code, "", [said]);
    }
}
