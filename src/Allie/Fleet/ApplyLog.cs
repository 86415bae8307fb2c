using System.Globalization;
using System.Text;
using Allie.Overlays;

namespace Allie.Fleet;

/// <summary>apply.log: what the last run did, path by path, without what is in any file. Sent to the server with the report.</summary>
public static class ApplyLog
{
    /// <summary>Below our state directory on the PC, and below reports/H on the server.</summary>
    public const string Name = "apply.log";

    /// <summary>Bytes.</summary>
    public const int Largest = 64 * 1024 - 1;

    public static string Of(ImageReport image, DateTime ended, IReadOnlyList<string> notes, IReadOnlyList<OverlayStep> done, IReadOnlyList<PathFault> faults)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{ended:yyyy-MM-dd HH:mm:ss} UTC {image.Name} generation {image.Generation}{(image.Slot.Length > 0 ? $" in slot {image.Slot}" : "")}: {image.Result}\n");
        foreach (var note in notes)
        {
            text.Append("  ").Append(note).Append('\n');
        }

        foreach (var step in done)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {step.Action} {step.Target}{(step.Wanted is { } wanted ? $" (layer {wanted.Layer})" : "")}: {step.Why}\n");
        }

        foreach (var fault in faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"  left as it is: {fault.Path}{(fault.Layer.Length > 0 ? $" (layer {fault.Layer})" : "")}: {fault.Reason}\n");
        }

        return text.ToString();
    }

    /// <summary>The beginning and the end, whole lines where it has lines: how it began and how it ended say most.</summary>
    public static byte[] Cut(byte[] log)
    {
        if (log.Length <= Largest)
        {
            return log;
        }

        const int Half = (Largest - 100) / 2;
        var head = log.AsSpan(0, Half);
        var tail = log.AsSpan(log.Length - Half);
        head = head[..(head.LastIndexOf((byte)'\n') + 1)];
        tail = tail[(tail.IndexOf((byte)'\n') + 1)..];
        var between = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"... {log.Length - head.Length - tail.Length} bytes left out here ...\n"));
        return [.. head, .. between, .. tail];
    }
}
