using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.OverlayVerbs;

/// <summary>An image, layers and a store in a directory of the test's own; the binary is run on these and on nothing of this machine.</summary>
public sealed class OverlayBox : IDisposable
{
    public OverlayBox(string script)
    {
        Path = Directory.CreateTempSubdirectory("allie-verbs-").FullName;
        Sh("mkdir -p image/etc image/usr/lib64 image/var/lib layer run\n"
            + "printf '[paths]\\nrun = \"%s/run\"\\n' \"$PWD\" >pc.toml\nprintf 'store = \"%s/srv\"\\n' \"$PWD\" >server.toml\n" + script);
    }

    public string Path { get; }

    public string Sh(string script) => Shell.Run($"cd {Path}\n{script}");

    /// <summary>{} in a word is the directory.</summary>
    public (int ExitCode, string Output, string Errors) Pc(params string[] words) =>
        Binary.Run([.. words.Select(w => w.Replace("{}", Path, StringComparison.Ordinal)), "--root", Path + "/image", "--config", Path + "/pc.toml"]);

    public (int ExitCode, string Output, string Errors) Server(params string[] words) =>
        Binary.Run(["overlay", .. words.Select(w => w.Replace("{}", Path, StringComparison.Ordinal)), "--config", Path + "/server.toml"]);

    /// <summary>All of the image but our state, by other programs than ours.</summary>
    public string Snapshot() => Sh(
        """
        cd image
        find . -path ./var/lib/allie -prune -o \( -type d -printf '%P %y %m %U %G\n' \) -o -printf '%P %y %m %U %G %s %T@ %l\n' | LC_ALL=C sort
        find . -path ./var/lib/allie -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum
        """);

    public void Dispose() => Shell.Run($"rm -rf {Path}");
}
