using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>menu.lst of GRUB before 2 (EL6 and before, Debian 5): kernel lines, and the "# kopt=" that Debian's update-grub reads.</summary>
public static class GrubLegacy
{
    private const string DebianOptions = "# kopt=";

    public static string Rewrite(string text, BootTarget target, BootPaths paths) =>
        LineEdit.Each(text, line =>
        {
            var words = line.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var end = line.EndsWith('\r') ? "\r" : "";
            return words switch
            {
                [var first, ..] when first.StartsWith("splashimage=(", StringComparison.Ordinal) => null,
                ["kernel", ..] when words.Length > 1 => Kernel(line.TrimEnd('\r'), words[1], target, paths) + end,
                ["initrd", var path, ..] => line.Replace(path, paths.Fix(path)),
                _ when line.StartsWith(DebianOptions, StringComparison.Ordinal) =>
                    DebianOptions + KernelWords.Rewrite(line[DebianOptions.Length..].TrimEnd('\r'), target) + end,
                _ => line,
            };
        });

    public static IEnumerable<string> Told(string text) =>
        text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("root (hd", StringComparison.Ordinal)).Distinct()
            .Select(l => $"'{l}' names a partition by number: the menu of the PC's first system starts this one");

    private static string Kernel(string line, string path, BootTarget target, BootPaths paths)
    {
        var at = line.IndexOf(path, line.IndexOf("kernel", StringComparison.Ordinal) + 6, StringComparison.Ordinal);
        var rest = line[(at + path.Length)..];
        var options = rest.TrimStart();
        return line[..at] + paths.Fix(path) + rest[..(rest.Length - options.Length)] + KernelWords.Rewrite(options, target);
    }
}
