using SharpYaml;

namespace Allie.Installers.Lint;

/// <summary>What is wrong with a YAML text, as an administrator would say it.</summary>
internal static class YamlFault
{
    public static InstallerFinding Of(YamlException fault, string text)
    {
        // "(Lin: 1, Col: 0, Chr: 3) - (...): what"
        var said = fault.Message[(fault.Message.LastIndexOf("): ", StringComparison.Ordinal) + 1)..].TrimStart(':', ' ').TrimEnd('.');
        // A word that swallowed the tab of the next line: the tab is what is to be mended.
        var at = said.Contains("tab character", StringComparison.Ordinal) ? fault.End : fault.Start;
        return At(at.Line, Words(said, text.Split('\n').ElementAtOrDefault(at.Line) ?? "", at.Column));
    }

    /// <param name="line">From 0, as the library counts.</param>
    public static InstallerFinding At(int line, string said) => new(
        line + 1, AutoinstallLint.NoYaml, $"the installer cannot read the file: {said}",
        "spaces alone for an indent, the same for neighbours; each quote, [ and { is closed; a value with : or a first @ ` % stands in quotes");

    /// <summary>The library's words are for a programmer; they stay where it has a rarer fault.</summary>
    private static string Words(string said, string line, int column)
    {
        bool Says(string part) => said.Contains(part, StringComparison.OrdinalIgnoreCase);
        var letter = line.ElementAtOrDefault(column);
        return Says("tab character") || letter == '\t' ? "a tab where an indent stands"
            : Says("cannot start any token") ? $"a value begins with {letter}, and has no quotes"
            : Says("quoted scalar") && Says("end of stream") ? "a quote that begins here stays open"
            : Says("mapping values are not allowed") ? "a ':' in a value without quotes, or an indent that is too deep"
            : Says("expected ',' or ']'") ? "a [ stays open, or a , is missing, here or just before"
            : Says("expected ',' or '}'") ? "a { stays open, or a , is missing, here or just before"
            : Says("did not find expected key") || Says("expected '-' indicator") || Says("could not find expected ':'") ? "a line that is no 'key: value', or an indent unlike that of its neighbours"
            : said;
    }
}
