using System.Globalization;

namespace Allie.Linux.Processes;

/// <summary>
/// Ends a program that moves no data: rsync's --timeout does not protect a pulling client (measured: still waiting after 70 s with a
/// stopped server). Counts rchar + wchar of /proc/PID/io over the program and its descendants, which live transfers raise by
/// megabytes per second and hung ones by less than 24 bytes in 20 s.
/// </summary>
public sealed record Watchdog(TimeSpan Patience, long LeastBytes = 1024)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the program made too little progress for <see cref="Patience"/>; cancelled when it ends.</summary>
    /// <param name="processId">Of the program.</param>
    /// <param name="endRest">Called when it is dead but something it started still has its output.</param>
    /// <param name="ended">The program and its output have ended.</param>
    public async Task WaitForStall(int processId, Action endRest, CancellationToken ended)
    {
        var (mark, markTime) = (0L, Environment.TickCount64);
        while (true)
        {
            await Task.Delay(Interval, ended);
            if (!Directory.Exists($"/proc/{processId}"))
            {
                endRest();
            }

            var total = BytesMoved(processId);
            if (Math.Abs(total - mark) >= LeastBytes) // less: one of them has ended, which is a step as well
            {
                (mark, markTime) = (total, Environment.TickCount64);
            }
            else if (Environment.TickCount64 - markTime >= Patience.TotalMilliseconds)
            {
                return;
            }
        }
    }

    /// <summary>Bytes read and written so far by the process and all its descendants, sockets and pipes included.</summary>
    public static long BytesMoved(int processId) => ProcessTree.WithDescendants(processId).Sum(OwnBytes);

    private static long OwnBytes(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/io").Take(2).Sum(l => long.Parse(l.AsSpan(l.IndexOf(' ') + 1), CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0; // it ended between the listing and the reading
        }
        catch (UnauthorizedAccessException)
        {
            return 0; // a set-id child of another user: not ours to count
        }
    }
}
