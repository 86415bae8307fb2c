using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>An entry of the Boot Loader Specification: loader/entries/ID-VERSION.conf.</summary>
public static class BootEntry
{
    public static string Rewrite(string text, BootTarget target, BootPaths paths, CapturedPc captured) =>
        LineEdit.Each(text, line =>
        {
            var key = line.TrimStart().Split(' ', '\t')[0];
            var at = line.IndexOf(key, StringComparison.Ordinal) + key.Length;
            var value = line[at..].TrimStart(' ', '\t').TrimEnd('\r');
            if (value.Length == 0)
            {
                return line;
            }

            var start = line.IndexOf(value, at, StringComparison.Ordinal);
            var changed = key switch
            {
                "options" => KernelWords.Rewrite(value, target),
                "linux" or "initrd" or "efi" or "devicetree" => string.Join(' ', value.Split(' ').Select(paths.Fix)),
                "machine-id" => captured.WithoutIds(value),
                _ => value,
            };
            return line[..start] + changed + line[(start + value.Length)..];
        });

    /// <summary>Kernels that the tree does not have where the entry, as it will be, looks for them.</summary>
    public static IEnumerable<string> Missing(string text, BootPaths paths) =>
        text.Split('\n').Select(l => l.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > 1 && w[0] is "linux" or "initrd").SelectMany(w => w[1..]).Where(p => p.StartsWith('/'))
            .Select(paths.Fix).Where(p => !paths.Exists(p)).Select(p => $"starts {p}, which the image does not have");
}
