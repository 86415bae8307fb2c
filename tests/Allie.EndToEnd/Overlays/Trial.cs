using System.Diagnostics;
using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Overlays;

/// <summary>An image and layers in a directory that goes with the test, and the published binary that applies them. Shell scripts run in it with the words of the cases.</summary>
internal sealed class Trial : IDisposable
{
    private static readonly string Words = Path.Combine(Binary.Repository, "tests/Allie.EndToEnd/Overlays/words.sh");

    private readonly string _path = Directory.CreateTempSubdirectory("allie-trial-").FullName;

    internal Trial(string make)
    {
        File.WriteAllText(At("allie.toml"), $"[paths]\nrun = \"{At("locks")}\"\n");
        Run("echo 0 > ran; mkdir -p image/{etc,opt,usr/lib64,var/lib} layers/{low,high,none}\n" + make + "\nmanifest image > before");
    }

    internal string At(string name) => Path.Combine(_path, name);

    internal string Run(string script) => Shell.Run($"cd {_path}; export CASE=$PWD LC_ALL=C TZ=UTC ALLIE_BINARY={Binary.Path}; . {Words}\n{script}");

    internal (int ExitCode, string Output, string Errors) Apply(params string[] layers) => Binary.Run(Binary.Path, Arguments(layers));

    internal (int ExitCode, string Output, string Errors) Rehearse(params string[] layers) => Binary.Run(Binary.Path, [.. Arguments(layers), "-n"]);

    /// <summary>Under strace, which kills it with SIGKILL before the given call of that name.</summary>
    internal (int ExitCode, string Output, string Errors) ApplyKilledAt(string call, int number, string[] layers) => Binary.Run(
        "strace", ["-f", "-qq", "-o", At("trace"), "-e", $"trace={call}", "-e", $"inject={call}:signal=KILL:when={number}", Binary.Path, .. Arguments(layers)]);

    /// <summary>The calls of the main thread that change something, by name, and how many there are.</summary>
    internal IReadOnlyDictionary<string, int> Count(string calls, string[] layers)
    {
        var (code, _, errors) = Binary.Run("strace", ["-f", "-qq", "-o", At("trace"), "-e", $"trace={calls}", Binary.Path, .. Arguments(layers)]);
        if (code != 0)
        {
            throw new InvalidOperationException($"exit {code}: {errors}");
        }

        var lines = File.ReadAllLines(At("trace")).Select(l => l.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries)).ToList();
        return lines.Where(l => l[0] == lines[0][0] && l[1].Contains('(')).GroupBy(l => l[1].TrimStart().Split('(')[0]).ToDictionary(g => g.Key, g => g.Count());
    }

    internal Process Start(params string[] layers) => Shell.Start(Binary.Path, Arguments(layers));

    public void Dispose() => Shell.Run($"umount -l {_path}/image/data {_path}/image 2>/dev/null || :; rm -rf --one-file-system {_path}");

    private string[] Arguments(string[] layers) =>
        ["apply", "--root", At("image"), .. layers.SelectMany(l => new[] { "--layer", At("layers/" + l) }), "-y", "--config", At("allie.toml")];
}
