namespace Allie.Fleet;

/// <summary>One line of the hosts file as it is written: its words can be changed, and everything else, comment and blanks too, stays as it is.</summary>
internal sealed record HostsLine(string Raw)
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    /// <summary>The comment is no part of it.</summary>
    private string Body => Raw.Split('#')[0];

    internal IReadOnlyList<string> Words => Body.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The PCs it speaks of; none for a comment, an empty line, or one that cannot be read.</summary>
    internal IReadOnlyList<string> Names()
    {
        try
        {
            return Words.Count > 0 ? HostsFile.Expand(Words[0]) : [];
        }
        catch (Errors.UserError)
        {
            return [];
        }
    }

    /// <summary>The value of "key=value"; null where the line does not have it.</summary>
    internal string? Value(string key) => Words.Skip(1).LastOrDefault(w => w.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    /// <summary>With the value in the old one's place, or after the last word; null takes it out with the blanks before it.</summary>
    internal HostsLine With(string key, string? value)
    {
        var raw = Raw;
        while (Find(raw, key) is { } at)
        {
            if (value is not null)
            {
                return new(raw[..at.Start.Value] + $"{key}={value}" + raw[at.End.Value..]);
            }

            raw = raw[..at.Start.Value].TrimEnd(' ', '\t') + raw[at.End.Value..];
        }

        if (value is null)
        {
            return new(raw);
        }

        var end = raw.Split('#')[0].TrimEnd(Blanks).Length;
        return new($"{raw[..end]} {key}={value}{raw[end..]}");
    }

    /// <summary>The same line for other PCs.</summary>
    internal HostsLine For(string names)
    {
        var start = Raw.Length - Raw.TrimStart(' ', '\t').Length;
        return new(Raw[..start] + names + Raw[(start + Words[0].Length)..]);
    }

    internal HostsLine WithoutComment() => new(Body.TrimEnd(Blanks));

    private static Range? Find(string raw, string key)
    {
        var body = raw.Split('#')[0];
        for (var at = body.IndexOf(key + "=", StringComparison.Ordinal); at > 0; at = body.IndexOf(key + "=", at + 1, StringComparison.Ordinal))
        {
            if (Blanks.Contains(body[at - 1]))
            {
                var end = body.IndexOfAny(Blanks, at);
                return at..(end < 0 ? body.Length : end);
            }
        }

        return null;
    }
}
