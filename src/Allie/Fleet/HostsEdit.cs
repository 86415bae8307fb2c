using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// Changes the hosts file as a person would, with the smaller edit: words in the lines that speak of these PCs alone; else a line after them that
/// adds or overrides; else a range is split. Each way is tried and read back: the first that gives exactly what was asked for is taken, so all
/// other PCs, lines and comments stay as they are.
/// </summary>
public static class HostsEdit
{
    /// <param name="text">The file.</param>
    /// <param name="word">A PC or a range that has lines.</param>
    /// <param name="changes">In order.</param>
    /// <exception cref="UserError">Exit 2: no such PC, or no edit gives it.</exception>
    public static string Set(string text, string word, IReadOnlyList<HostChange> changes)
    {
        var names = HostsFile.Expand(word).ToHashSet();
        var known = HostsFile.Parse(text, "hosts");
        if (names.FirstOrDefault(n => known.Find(n) is null) is { } missing)
        {
            throw UserError.Refused($"{missing} has no line in the hosts file", $"allie host add {word}");
        }

        foreach (var change in changes)
        {
            text = Set(text, word, names, change);
        }

        return text;
    }

    /// <param name="text">The file.</param>
    /// <param name="word">A PC or a range of which nothing is said yet.</param>
    /// <param name="changes">What to say.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static string Add(string text, string word, IReadOnlyList<HostChange> changes)
    {
        var known = HostsFile.Parse(text, "hosts");
        if (HostsFile.Expand(word).FirstOrDefault(n => known.Find(n) is not null) is { } there)
        {
            throw UserError.Refused($"{there} is in the hosts file already", $"to change it: allie host set {word} ...");
        }

        var line = string.Join(' ', changes.Select(c => $"{c.Key}={c.Value}").Prepend(word));
        return Ended(text) + line + "\n";
    }

    /// <param name="text">The file.</param>
    /// <param name="word">PCs to forget; a range that has others too is split.</param>
    public static string Remove(string text, string word)
    {
        var names = HostsFile.Expand(word).ToHashSet();
        return Lines(text, line =>
        {
            var own = line.Names();
            return !own.Any(names.Contains) ? [line] : Parts(line, own, names).Where(p => !p.Inside).Select(p => p.Line);
        });
    }

    private static string Set(string text, string word, HashSet<string> names, HostChange change)
    {
        var before = HostsFile.Parse(text, "hosts");
        var wanted = before.Entries.ToDictionary(e => e.Name, e => names.Contains(e.Name) ? change.Of(e) : e);
        if (Same(before, wanted))
        {
            return text;
        }

        string[] ways = [InPlace(text, names, change), Append(text, word, names, change), InPlace(Split(text, names), names, change)];
        return ways.FirstOrDefault(w => Same(HostsFile.Parse(w, "hosts"), wanted))
            ?? throw UserError.Refused($"cannot change {change.Key} of {word} without changing the lines of other PCs", "edit the hosts file by hand");
    }

    private static string InPlace(string text, HashSet<string> names, HostChange change)
    {
        var lines = text.Split('\n').Select(l => new HostsLine(l)).ToList();
        var inside = lines.Select((l, i) => (Names: l.Names(), Index: i)).Where(l => l.Names.Count > 0 && l.Names.All(names.Contains)).Select(l => l.Index).ToList();
        if (inside.Count == 0)
        {
            return text;
        }

        // The last line that has the word, else the last line, says it from now on.
        var last = inside.LastOrDefault(i => lines[i].Value(change.Key) is not null, inside[^1]);
        foreach (var i in inside)
        {
            var own = lines[i].Value(change.Key);
            lines[i] = change switch
            {
                { IsList: true, Sign: '+' } => i == last ? lines[i].With(change.Key, string.Join(',', change.Of(List(own)))) : lines[i],
                { IsList: true, Sign: '-' } => own is null ? lines[i] : lines[i].With(change.Key, change.Of(List(own)) is { Count: > 0 } left ? string.Join(',', left) : null),
                _ => lines[i].With(change.Key, i == last ? change.Value : null),
            };
        }

        return string.Join('\n', lines.Select(l => l.Raw));
    }

    /// <summary>After the last line that speaks of one of them, so that people find it.</summary>
    private static string Append(string text, string word, HashSet<string> names, HostChange change)
    {
        if (change.Value is null || change.Sign == '-')
        {
            return text;
        }

        var lines = Ended(text).Split('\n').ToList();
        var after = lines.FindLastIndex(l => new HostsLine(l).Names().Any(names.Contains));
        lines.Insert(after + 1, $"{word} {change.Key}={change.Value}");
        return string.Join('\n', lines);
    }

    private static string Split(string text, HashSet<string> names) => Lines(text, line =>
    {
        var own = line.Names();
        return own.All(names.Contains) || !own.Any(names.Contains) ? [line] : Parts(line, own, names).Select(p => p.Line);
    });

    /// <summary>One line each for what is before, inside and after; the comment stays with the first.</summary>
    private static IEnumerable<(HostsLine Line, bool Inside)> Parts(HostsLine line, IReadOnlyList<string> own, HashSet<string> names)
    {
        var first = true;
        for (var i = 0; i < own.Count;)
        {
            var inside = names.Contains(own[i]);
            var run = own.Skip(i).TakeWhile(n => names.Contains(n) == inside).ToList();
            foreach (var word in HostRange.Compress(line.Words[0], run))
            {
                yield return ((first ? line : line.WithoutComment()).For(word), inside);
                first = false;
            }

            i += run.Count;
        }
    }

    private static string Lines(string text, Func<HostsLine, IEnumerable<HostsLine>> change) =>
        string.Join('\n', text.Split('\n').Select(l => new HostsLine(l)).SelectMany(change).Select(l => l.Raw));

    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static string[] List(string? value) => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool Same(HostsFile hosts, Dictionary<string, HostEntry> wanted) =>
        hosts.Entries.Count == wanted.Count && hosts.Entries.All(e => wanted.TryGetValue(e.Name, out var other) && Same(e, other));

    private static bool Same(HostEntry one, HostEntry other) =>
        one.Groups.SequenceEqual(other.Groups) && one.Images.SequenceEqual(other.Images) && one.Address == other.Address
        && one.Tags.Count == other.Tags.Count && one.Tags.All(t => other.Tags.TryGetValue(t.Key, out var value) && value == t.Value);
}
