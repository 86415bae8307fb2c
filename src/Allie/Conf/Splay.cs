using System.IO.Hashing;
using System.Text;

namespace Allie.Conf;

/// <summary>
/// How long a PC waits before its hourly run, so that a thousand do not come in the same second: between none and the whole span, the same
/// each hour, as it hangs on the PC's name alone.
/// </summary>
public static class Splay
{
    public static readonly TimeSpan UnderCron = TimeSpan.FromMinutes(30);

    /// <summary>Programs that start many PCs' jobs in one second; systemd timers have a delay of their own.</summary>
    public static readonly IReadOnlyList<string> CronPrograms = ["cron", "crond", "anacron", "fcron", "dcron"];

    public static TimeSpan For(string pcName, TimeSpan span) =>
        span <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(pcName)) % (ulong)span.TotalMilliseconds);
}
