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
    public void It_is_free_again_afterwards()
    {
        using var temp = new TempDirectory();
        FileLock.Take(temp.At("lock"), "x").Dispose();

        FileLock.Take(temp.At("lock"), "x").Dispose();
    }
}
