namespace Allie.Rsync;

/// <summary>What to do after an exit code.</summary>
public enum RsyncVerdict
{
    /// <summary>Nothing failed. Never enough alone: an empty or a torn source exits 0 too.</summary>
    Done,

    /// <summary>The connection or the other side went away: try again, rsync goes on where it stopped.</summary>
    Retry,

    /// <summary>Some files did not come, or changed or vanished meanwhile: the target is not complete.</summary>
    Incomplete,

    /// <summary>Trying again will not help.</summary>
    Stop,
}

/// <summary>rsync's exit codes, as observed with 3.2.7 and 3.5.0 (man rsync, EXIT VALUES).</summary>
public static class RsyncExit
{
    public static RsyncVerdict Verdict(int exitCode) => exitCode switch
    {
        0 => RsyncVerdict.Done,
        5 or 10 or 12 or 20 or 30 or 35 or 137 or 255 => RsyncVerdict.Retry,
        23 or 24 => RsyncVerdict.Incomplete,
        _ => RsyncVerdict.Stop,
    };

    /// <summary>The server answered, and its answer is no: asking again will not help. (At its limit of connections it says @ERROR too.)</summary>
    public static bool IsRefusal(string said) =>
        said.Contains("@ERROR: Unknown module", StringComparison.Ordinal)
        || said.Contains("@ERROR: auth failed", StringComparison.Ordinal)
        || said.Contains("@ERROR: access denied", StringComparison.Ordinal)
        || SshRefusal(said) is not null;

    /// <summary>What ssh said, where it is a clear no (ssh(1) ends with 255 for everything), and what to do; null for all else.</summary>
    public static (string Why, string Hint)? SshRefusal(string said) =>
        said.Contains("Host key verification failed", StringComparison.Ordinal) || said.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal)
            ? ("it is not the server whose host key is pinned here; nothing was taken from it", "if the server has a new key: [server] host-keys in allie.toml; on the server: cat /etc/ssh/ssh_host_ed25519_key.pub")
        : IsDenied(said)
            ? ("the server does not know this PC's key", "on this PC: allie enrol shows the key; on the server: allie host enrol PC --key FILE")
        : null;

    /// <summary>The same where this machine, a server, logs in to another one with its administrator's own keys.</summary>
    public static (string Why, string Hint)? SshRefusalByOther(string said, string login) => SshRefusal(said) is null ? null
        : IsDenied(said)
            ? ($"{login} lets no key of this server in", $"put one there: ssh-copy-id {login}; then run the command again")
        : ("its host key is not the one that this server knows for it, or this server knows none; nothing was taken from it",
            $"look at it: ssh {login}; a machine that was installed anew: ssh-keygen -R {login[(login.LastIndexOf('@') + 1)..]}, then ssh {login} and compare the key");

    /// <summary>ssh names the ways to log in: (publickey). rsync says the same words of a file that the server may not read: (13).</summary>
    private static bool IsDenied(string said)
    {
        const string Words = "Permission denied (";
        for (var at = said.IndexOf(Words, StringComparison.Ordinal); at >= 0; at = said.IndexOf(Words, at + 1, StringComparison.Ordinal))
        {
            if (at + Words.Length < said.Length && char.IsAsciiLetter(said[at + Words.Length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when nothing was ever reached: our exit code 5.</summary>
    public static bool IsUnreachable(int exitCode) => exitCode is 5 or 10 or 12 or 30 or 35 or 255;

    public static string Meaning(int exitCode) => exitCode switch
    {
        0 => "done",
        1 => "it does not know an option, or the module is read-only",
        2 => "the two rsyncs do not speak the same protocol",
        3 => "a file or directory could not be chosen",
        5 => "the server has no such module, refused the login, or is at its limit of connections",
        10 => "the connection was refused or broke",
        11 => "a file could not be written: is the target full?",
        12 => "the other side ended in the middle",
        20 => "it was interrupted",
        23 => "some files could not be transferred",
        24 => "files vanished at the source while it ran",
        25 => "more would have been deleted than is allowed",
        30 => "the other side was silent for too long",
        35 => "nothing answered at that address",
        137 => "it was killed",
        255 => "the ssh connection failed",
        _ => $"exit code {exitCode}",
    };
}
