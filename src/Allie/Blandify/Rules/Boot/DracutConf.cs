using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>dracut.conf(5): kernel words that would be built into an initramfs, and lines that name devices.</summary>
public static class DracutConf
{
    public static string Rewrite(string text, BootTarget target)
    {
        var words = LineEdit.Each(text, line => Key(line) == "kernel_cmdline" ? GrubDefault.InValue(line, value => KernelWords.Rewrite(value, target)) : line);
        return LineEdit.Comment(words, line => Key(line) is "add_device" or "fstab_lines");
    }

    public static IEnumerable<string> Told(string text) =>
        text.Split('\n').Where(l => Key(l) is "hostonly_cmdline" or "hostonly" && LineEdit.ValueOf(l) is "yes" or "strict")
            .Select(l => $"{l.Trim()}: an initramfs built in the image fits the machine it was built on");

    /// <summary>Lists are added to: key+=" value ".</summary>
    private static string Key(string line) => LineEdit.KeyOf(line).TrimEnd('+').TrimEnd();
}
