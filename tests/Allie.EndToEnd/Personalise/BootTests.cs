using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Personalise;

/// <summary>
/// Lived-in systems of three releases, blandified and personalised by the published binary, then booted under systemd-nspawn as two PCs.
/// boots.sh plays it and prints a line per check; this reads the lines, so a check that never ran fails too.
/// </summary>
public sealed class BootTests
{
    private const int LeastChecks = 33;

    [Theory(Timeout = 900_000)]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    [InlineData("noble")]
    public async Task One_image_starts_as_two_different_pcs(string release)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: namespaces, mounts, systemd-nspawn");
        var scripts = Path.Combine(AppContext.BaseDirectory, "Personalise");
        var tar = Shell.Run($". {Binary.Repository}/lab/lib/mirror.sh; . {scripts}/trees.sh; lived_in_base {release}");
        var work = Directory.CreateTempSubdirectory("allie-boots-").FullName;
        try
        {
            var lines = await Task.Run(() => Shell.Run(
                $"unshare -m -n -p -u -i --fork --kill-child=KILL --mount-proc --propagation private bash {scripts}/boots.sh {Binary.Path} {work} {Binary.Repository} {release} {tar} 2>&1 || true").Split('\n'));
            foreach (var line in lines)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(line);
            }

            var checks = lines.Where(l => l.StartsWith("check ", StringComparison.Ordinal)).ToList();
            Assert.Equal([], checks.Where(l => !l.EndsWith(": ok", StringComparison.Ordinal)));
            Assert.True(checks.Count >= LeastChecks && lines[^1] == "boots: end", $"only {checks.Count} checks ran:\n{string.Join('\n', lines)}");
        }
        finally
        {
            Shell.Run($"rm -rf --one-file-system {work}; for i in $(seq 50); do find /sys/fs/cgroup -depth -type d -path '*/{Path.GetFileName(work)}*' -exec rmdir {{}} \\; 2>/dev/null; [ -n \"$(find /sys/fs/cgroup -maxdepth 2 -name {Path.GetFileName(work)})\" ] || break; sleep 0.1; done");
        }

        Assert.DoesNotContain(work, await File.ReadAllTextAsync("/proc/mounts", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
