using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Installers.Bootstrap;

/// <summary>The signal comes while mmdebstrap fills the slot: in its place stands one that has written a file and goes on and on.</summary>
[Collection("loop devices")]
public sealed class BootstrapInterruptTests : IDisposable
{
    private readonly TrialPc _pc = new();
    private readonly TinyMirror _mirror = new();

    public void Dispose()
    {
        _mirror.Dispose();
        _pc.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_bootstrap_leaves_no_program_and_no_mount_and_a_slot_that_is_spare(string signal)
    {
        _pc.Settings();
        _pc.Fake("mmdebstrap", "case \"$*\" in *--simulate*) exec /usr/bin/mmdebstrap \"$@\";; esac\nfor word; do [ ! -d \"$word/lost+found\" ] || touch \"$word/half\"; done\nexec sleep 611");
        string[] words = ["installer", "bootstrap", "--suite", "trixie", "--into", "b", "--kernel", "none", "--include", "rsync", "--packages", _pc.State + ".packages", "--mirror", _mirror.Line(), "-y"];
        File.WriteAllText(_pc.State + ".packages", "rsync\n");
        using var run = _pc.Start("", words);
        var child = Shell.Run($"for try in $(seq 600); do pgrep -P {run.Id} -x sleep && exit; kill -0 {run.Id} || break; sleep 0.1; done; true");

        Shell.Run($"kill -{signal} {run.Id}");
        var ended = TrialPc.End(run);

        Assert.NotEqual("", child);
        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("formatting /dev/loop", ended.Errors, StringComparison.Ordinal);
        Assert.Equal("gone", Shell.Run($"[ -e /proc/{child} ] || echo gone"));
        Assert.Equal("", Shell.Run($"ls -A {Path.GetDirectoryName(_pc.State)}/run"));
        Assert.Equal("half", TrialPc.InSlot(_pc.Disk.SlotB, "ls half"));
        Assert.Equal(0, _pc.Allie("slot", "check", "b").ExitCode);
        Assert.Equal(3, _pc.Allie([.. words, "-n"]).ExitCode);
    }
}
