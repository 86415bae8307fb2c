using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>A partition that an installer has filled (an ext4 on a loop device), a server's store, and offers of the one to the other.</summary>
internal sealed class Golden : IDisposable
{
    private static readonly string Script = Path.Combine(Binary.Repository, "tests/Allie.EndToEnd/Images/golden.sh");
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-test-").FullName;
    private readonly List<Process> _offers = [];

    internal Golden()
    {
        File.WriteAllText(At("server.toml"), $"store = \"{At("store")}\"\n[rsyncd]\nconf = \"{At("rsyncd.conf")}\"\n");
        File.WriteAllText(At("allie.toml"), $"[paths]\nrun = \"{At("run")}\"\n");
        File.WriteAllText(At("password"), "once\n");
        File.SetUnixFileMode(At("password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, Server("server", "init").ExitCode);
        Device = Checked("bash", Script, "MAKE", _directory).Trim();
    }

    internal string Device { get; }

    internal string WorkTree => At("store/images/.work/new13");

    internal string At(string relative) => Path.Combine(_directory, relative);

    internal (int ExitCode, string Output, string Errors) Server(params string[] words) => Binary.Run([.. words, "--config", At("server.toml")]);

    internal (int ExitCode, string Output, string Errors) Capture(int port, string? password = null) =>
        Server("image", "capture", "127.0.0.1", "new13", "--port", $"{port}", "--password-file", password ?? At("password"));

    /// <summary>Runs as a user runs it; back when it has said what it offers and answers.</summary>
    internal (Process Process, IReadOnlyList<string> Said) Offer(int port, params string[] more)
    {
        // A shell's background job has SIGINT ignored, and so have the tests in it and all they start.
        var process = Process.Start(new ProcessStartInfo(
            "env", ["--default-signal=INT", Binary.Path, "offer", Device, "--address", "127.0.0.1", "--port", $"{port}", "--config", At("allie.toml"), .. more]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _offers.Add(process);
        var said = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            said.Add(line);
            if (line.StartsWith("on the server", StringComparison.Ordinal))
            {
                WaitFor(() => Binary.Run("rsync", [$"rsync://127.0.0.1:{port}/"]).ExitCode == 0, "the offer answers");
                return (process, said);
            }
        }

        throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }

    internal static void WaitFor(Func<bool> state, string what)
    {
        var deadline = Environment.TickCount64 + 600_000;
        while (!state())
        {
            Assert.True(Environment.TickCount64 < deadline, "waited in vain until " + what);
        }
    }

    /// <summary>Nothing of an offer is left: no mount in any namespace, no listener, no file.</summary>
    internal void AssertNothingLeft(int port)
    {
        WaitFor(() => Binary.Run("bash", ["-c", $"! grep -qs '{Device} ' /proc/[0-9]*/mountinfo"]).ExitCode == 0, "the device is unmounted everywhere");
        WaitFor(() => Binary.Run("rsync", [$"rsync://127.0.0.1:{port}/"]).ExitCode != 0, "nothing listens");
        Assert.Empty(Directory.GetFileSystemEntries(At("run")));
    }

    internal static string Checked(string program, params string[] words)
    {
        var (code, output, errors) = Binary.Run(program, words);
        Assert.True(code == 0, output + errors);
        return output;
    }

    public void Dispose()
    {
        foreach (var offer in _offers)
        {
            if (!offer.HasExited)
            {
                offer.Kill(true);
            }

            offer.WaitForExit();
            offer.Dispose();
        }

        Checked("bash", Script, "FREE", Device);
        Checked("rm", "-rf", "--one-file-system", _directory);
    }
}
