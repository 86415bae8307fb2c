using System.Diagnostics;
using Allie.Errors;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Processes;

public class RunnerTests
{
    private static readonly Runner Real = new(TestContext.Current.CancellationToken);

    [Fact]
    public void Output_exit_code_and_the_last_error_lines_come_back()
    {
        var outcome = Real.Run(new Command("sh", "-c", "echo out; for i in $(seq 30); do echo e$i >&2; done; exit 7"));

        Assert.Equal((7, "out\n", 20, "e30"), (outcome.ExitCode, outcome.Output, outcome.ErrorTail.Count, outcome.LastWord));
    }

    [Fact]
    public void Arguments_are_not_split_and_the_locale_is_C()
    {
        var outcome = Real.Run(new Command("sh", "-c", "printf '%s|' \"$@\"; printf %s $LC_ALL", "x", "a b", "$(id)", ""));

        Assert.Equal("a b|$(id)||C", outcome.Output);
    }

    [Fact]
    public void A_missing_program_is_named_with_what_to_do()
    {
        var error = Assert.Throws<UserError>(() => Real.Run(new Command("no-such-program")));

        Assert.Contains("no-such-program", error.Message);
        Assert.Contains("install", error.Hint);
    }

    [Fact]
    public void A_program_over_its_limit_is_killed_with_its_children()
    {
        using var temp = new TempDirectory();
        var clock = Stopwatch.StartNew();

        var error = Assert.Throws<UserError>(() => Real.Run(
            new Command("sh", "-c", $"sleep 300 & echo $! > {temp.At("child")}; wait") { Limit = TimeSpan.FromSeconds(1) }));

        Assert.Contains("did not end within 1 s", error.Message);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
        AssertEnds(File.ReadAllText(temp.At("child")).Trim());
    }

    [Fact]
    public void A_program_that_moves_no_data_is_ended_by_the_watchdog()
    {
        var error = Assert.Throws<UserError>(() => Real.Run(new Command("sleep", "300") { Watchdog = new(TimeSpan.FromSeconds(2)) }));

        Assert.Contains("moved no data for 2 s", error.Message);
        Assert.Equal(ExitCode.Unreachable, error.ExitCode);
    }

    [Fact]
    public void What_a_stalled_program_has_left_to_init_is_ended_with_it()
    {
        using var temp = new TempDirectory();

        Assert.Throws<UserError>(() => Real.Run(new Command("sh", "-c", $"(sleep 300 & echo $! > {temp.At("child")}); exec sleep 300") { Watchdog = new(TimeSpan.FromSeconds(2)) }));

        AssertEnds(File.ReadAllText(temp.At("child")).Trim());
    }

    [Fact]
    public void What_a_killed_program_has_left_is_ended_and_the_kill_is_told()
    {
        using var temp = new TempDirectory();

        var outcome = Real.Run(new Command("sh", "-c", $"sleep 300 & echo $! > {temp.At("child")}; kill -9 $$") { Watchdog = new(TimeSpan.FromSeconds(60)) });

        Assert.Equal(137, outcome.ExitCode);
        AssertEnds(File.ReadAllText(temp.At("child")).Trim());
    }

    [Fact]
    public void A_program_that_moves_data_is_left_alone_by_the_watchdog()
    {
        // 10 s of life with a patience of 6 s: only progress keeps it alive, and a busy machine may hold it up for seconds
        var outcome = Real.Run(new Command("sh", "-c", "for i in $(seq 20); do head -c 4096 /dev/zero >/dev/null; sleep 0.5; done; echo done")
        {
            Watchdog = new(TimeSpan.FromSeconds(6)),
        });

        Assert.Equal("done\n", outcome.Output);
    }

    /// <summary>A signal is sent, not waited for.</summary>
    private static void AssertEnds(string processId) =>
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(processId), TimeSpan.FromSeconds(60)), "the child lives on");

    private static bool IsRunning(string processId) =>
        File.Exists($"/proc/{processId}/stat") && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ");
}
