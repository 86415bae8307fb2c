namespace Allie.Installers.Bootstrap;

/// <summary>A one-line apt source: deb [OPTIONS] URL SUITE COMPONENT...</summary>
public sealed record DebLine(IReadOnlyList<string> Options, string Url, string Suite, IReadOnlyList<string> Components)
{
    public static DebLine Parse(string line)
    {
        var rest = line["deb ".Length..].Trim();
        string[] options = [];
        if (rest.StartsWith('[') && rest.IndexOf(']') is > 0 and var end)
        {
            options = rest[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            rest = rest[(end + 1)..];
        }

        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(options, words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1) ?? "", [.. words.Skip(2)]);
    }

    public string? Option(string name) => Options.FirstOrDefault(o => o.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
