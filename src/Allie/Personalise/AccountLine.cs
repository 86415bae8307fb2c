namespace Allie.Personalise;

/// <summary>One line of passwd(5) or group(5): name and number are in the same fields of both.</summary>
public sealed record AccountLine(string Text, string Name, uint Number, IReadOnlyList<string> Fields)
{
    public static IEnumerable<AccountLine> All(string? text) =>
        (text ?? "").Split('\n').Select(line => (Line: line, Fields: line.Split(':')))
            .Where(l => l.Fields.Length >= 4 && l.Fields[0].Length > 0 && uint.TryParse(l.Fields[2], out _))
            .Select(l => new AccountLine(l.Line, l.Fields[0], uint.Parse(l.Fields[2]), l.Fields));
}
