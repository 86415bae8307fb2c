using System.Diagnostics;
using System.Text;
using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Conf;

/// <summary>
/// One script of /root/conf. It writes straight to its log and not into a pipe of ours: a daemon that it starts inherits its output, and a pipe would
/// end only with the daemon.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="log">Added to; made 0600 where it is missing.</param>
/// <param name="limit">Then it and what it started are killed, and it has failed.</param>
internal sealed class Script(IRunner runner, string log, TimeSpan limit)
{
    /// <summary>Of the output: more is in the log, but not in a mail.</summary>
    private const int Most = 1 << 20;

    // The words are arguments of the shell, no part of its program.
    private const string IntoLog = "exec \"$0\" >> \"$1\" 2>&1";

    internal ScriptResult Run(string name, string path, IReadOnlyDictionary<string, string?> environment)
    {
        var begin = Length();
        var started = Stopwatch.GetTimestamp();
        var (code, more) = (0, "");
        try
        {
            code = runner.Run(new("/bin/sh", "-c", IntoLog, path, log) { Environment = environment, Limit = limit }).ExitCode;
        }
        catch (UserError e)
        {
            (code, more) = (e.ExitCode, e.Message.Replace("/bin/sh", name, StringComparison.Ordinal) + "\n");
        }

        var took = Stopwatch.GetElapsedTime(started);
        return new(name, code, took, Read(begin) + more);
    }

    /// <summary>Emptied in place: a daemon of an earlier run still writes to it.</summary>
    internal void ClearLog()
    {
        using var file = OpenLog();
        file.SetLength(0);
    }

    private FileStream OpenLog()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        PrivateDirectory.Make(Path.GetDirectoryName(log)!);
        return new(log, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = Private });
    }

    private long Length()
    {
        using var file = OpenLog();
        return file.Length;
    }

    private string Read(long begin)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var output = new byte[Math.Clamp(file.Length - begin, 0, Most)];
        file.Position = Math.Max(begin, file.Length - output.Length);
        return Encoding.UTF8.GetString(output, 0, file.ReadAtLeast(output, output.Length, false));
    }
}
