using System.Diagnostics;

namespace Allie.Linux.Tests.Slots;

/// <summary>A device mounted in the mount namespace of another process, as a container has it; gone with that process.</summary>
internal sealed class ForeignMount : IDisposable
{
    private readonly Process _holder;

    internal ForeignMount(string device, string point)
    {
        var script = "mount \"$1\" \"$2\" && echo mounted && read -r _";
        var start = new ProcessStartInfo("unshare", ["-m", "--kill-child", "--fork", "bash", "-c", script, "bash", device, point])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        _holder = Process.Start(start)!;
        if (_holder.StandardOutput.ReadLine() != "mounted")
        {
            throw new InvalidOperationException($"cannot mount {device}");
        }
    }

    public void Dispose()
    {
        _holder.StandardInput.Close(); // ends the read, then bash, then the namespace with its mount
        _holder.WaitForExit();
        _holder.Dispose();
    }

    /// <summary>The kernel takes a namespace down a moment after its last process.</summary>
    internal static async Task Until(Func<bool> reached)
    {
        for (var i = 0; !reached(); i++)
        {
            Xunit.Assert.True(i < 500, "not reached within 10 s");
            await Task.Delay(20, Xunit.TestContext.Current.CancellationToken);
        }
    }
}
