namespace Allie.Fleet;

/// <summary>rsyncd's secrets file (rsyncd.conf(5)): "PC:SECRET" a line; other lines are an administrator's and stay.</summary>
public static class SecretsText
{
    public static IReadOnlySet<string> Names(string text) =>
        text.Split('\n').Where(l => l.Length > 0 && l[0] != '#' && l.IndexOf(':') > 0).Select(l => l[..l.IndexOf(':')]).ToHashSet();

    /// <summary>Without the PC's old line; with the new one if there is a secret.</summary>
    public static string With(string text, string pc, string? secret)
    {
        var rest = string.Concat(text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith(pc + ":", StringComparison.Ordinal)).Select(l => l + "\n"));
        return secret is null ? rest : $"{rest}{pc}:{secret}\n";
    }
}
