using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Files;

public class FileLockTests
{
    [Fact]
    public void The_second_one_is_told_who_holds_it_and_gets_exit_4()
    {
        using var temp = new TempDirectory();
        using var first = FileLock.Take(temp.At("run/slot-b.lock"), "slot b");

        var busy = Assert.Throws<UserError>(() => FileLock.Take(temp.At("run/slot-b.lock"), "slot b"));

        Assert.Equal(ExitCode.Busy, busy.ExitCode);
        Assert.Contains($"slot b is in use by process {Environment.ProcessId}", busy.Message);
    }

    [Fact]
    public void It_is_free_again_afterwards_and_the_file_is_gone()
    {
        using var temp = new TempDirectory();
        FileLock.Take(temp.At("lock"), "x").Dispose();

        FileLock.Take(temp.At("lock"), "x").Dispose();

        Assert.False(File.Exists(temp.At("lock")));
    }

    [Fact]
    public void A_file_that_a_killed_run_left_is_taken_and_one_that_is_anothers_now_is_left()
    {
        using var temp = new TempDirectory();
        temp.Write("lock", "process 1 (allie prep, killed long ago)");
        using (FileLock.Take(temp.At("lock"), "x"))
        {
            File.Delete(temp.At("lock")); // somebody cleans /run by hand
            File.WriteAllText(temp.At("lock"), "another's");
        }

        Assert.Equal("another's", File.ReadAllText(temp.At("lock")));
    }

    /// <summary>Who has opened the file before its holder removes it would else lock a file that nobody finds any more.</summary>
    [Fact]
    public async Task Of_many_that_come_and_go_never_two_hold_it()
    {
        using var temp = new TempDirectory();
        var (inside, met) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var mine = 0; mine < 200;)
            {
                try
                {
                    using var held = FileLock.Take(temp.At("lock"), "x");
                    met += Interlocked.Increment(ref inside) > 1 ? 1 : 0;
                    mine++;
                    Thread.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (UserError e) when (e.ExitCode == ExitCode.Busy)
                {
                    // as it should be
                }
            }
        })));

        Assert.Equal(0, met);
        Assert.False(File.Exists(temp.At("lock")));
    }
}
