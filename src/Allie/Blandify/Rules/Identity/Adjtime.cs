namespace Allie.Blandify.Rules.Identity;

/// <summary>adjtime(5): drift and times of one clock go. Whether the clock runs in local time stays: another system on the PC may count on it.</summary>
public static class Adjtime
{
    public static string Rewrite(string text)
    {
        var lines = text.Split('\n');
        var mode = lines.Length > 2 && lines[2].Trim() == "LOCAL" ? "LOCAL" : "UTC";
        return $"0.0 0 0.0\n0\n{mode}\n";
    }
}
