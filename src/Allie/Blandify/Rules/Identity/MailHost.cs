using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Identity;

/// <summary>The captured PC's name in settings of mail servers.</summary>
public static class MailHost
{
    public static string Postfix(string text, IReadOnlySet<string> names) =>
        LineEdit.Each(text, line => LineEdit.KeyOf(line) switch
        {
            "myhostname" when names.Contains(LineEdit.ValueOf(line)) => LineEdit.LocalMark + line,
            "mydestination" when List(line, ',').Any(names.Contains) => LineEdit.WithValue(line, " " + string.Join(", ", List(line, ',').Where(d => !names.Contains(d)))),
            _ => line,
        });

    public static string Exim(string text, IReadOnlySet<string> names) =>
        LineEdit.Each(text, line => LineEdit.HasKey(line, "dc_other_hostnames") && List(line, ';').Any(names.Contains)
            ? LineEdit.WithValue(line, $"'{string.Join(';', List(line, ';').Where(d => !names.Contains(d)))}'")
            : line);

    private static string[] List(string line, char separator) => LineEdit.ValueOf(line).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
