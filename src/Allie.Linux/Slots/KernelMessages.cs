using System.Text;
using Allie.Linux.Native;

namespace Allie.Linux.Slots;

/// <summary>/dev/kmsg from its beginning: one record a read, until there is none (kernel's dev-kmsg).</summary>
internal static class KernelMessages
{
    /// <summary>A log that is overwritten faster than it is read has no end.</summary>
    private const int MostLosses = 100;

    /// <summary>"" where it cannot be read (a container).</summary>
    internal static string Read(string systemRoot)
    {
        var node = Path.Combine(systemRoot, "dev/kmsg");
        using var fd = Fd.TryOpen(Flags.AtFdCwd, Bytes.Of(node), Flags.ReadOnly | Flags.NonBlock, out _);
        var log = new StringBuilder();
        var record = new byte[16 * 1024];
        var lost = 0;
        while (fd is not null && lost < MostLosses)
        {
            try
            {
                if (fd.Read(record, node) is var count and > 0)
                {
                    log.Append(Encoding.UTF8.GetString(record, 0, count)).Append('\n');
                    continue;
                }
            }
            catch (LinuxException e) when (e.Errno == Errno.EPIPE)
            {
                lost++;
                continue; // records were overwritten meanwhile: the next read goes on behind them
            }
            catch (LinuxException)
            {
                // EAGAIN: that was the last
            }

            break;
        }

        return log.ToString();
    }
}
