using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.BenchPc;

/// <summary>
/// Steps 4 to 10 with the published binary on bench PCs: network namespaces, a loop disk with a GPT each, real rsyncd, mkfs and mounts.
/// ten-steps.sh plays them once and prints a line per check; this reads the lines, so a check that never ran fails too.
/// </summary>
public class TenStepsTests
{
    private const int LeastChecks = 43;

    [Fact(Timeout = 600_000)]
    public async Task Steps_4_to_10_hold_on_a_bench_cluster()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: namespaces, loop devices, mounts");
        var work = Directory.CreateTempSubdirectory("allie-bench-").FullName;
        try
        {
            var output = await Play(work);

            var checks = output.Where(l => l.StartsWith("check ", StringComparison.Ordinal)).ToList();
            Assert.Equal([], checks.Where(l => !l.EndsWith(": ok", StringComparison.Ordinal)));
            Assert.True(checks.Count >= LeastChecks && output[^1] == "ten steps: end", $"only {checks.Count} checks ran:\n{string.Join('\n', output)}");
        }
        finally
        {
            await Run("rm", "-rf", "--one-file-system", work);
        }

        Assert.DoesNotContain(work, await File.ReadAllTextAsync("/proc/mounts", TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<string>> Play(string work)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "BenchPc", "ten-steps.sh");
        var binary = Binary.Path;
        return await Run(
            "unshare", "-m", "-n", "-p", "-u", "-i", "--fork", "--kill-child=KILL", "--mount-proc", "--propagation", "private",
            "bash", script, binary, work);
    }

    private static async Task<IReadOnlyList<string>> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(await errors);
        return lines;
    }
}
