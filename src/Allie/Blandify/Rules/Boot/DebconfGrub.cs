using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>Debian's answers to questions (debconf's config.dat): the disk that GRUB was installed on. Every other stanza stays byte for byte.</summary>
public static class DebconfGrub
{
    private static readonly HashSet<string> Questions =
    [
        "grub-pc/install_devices", "grub-pc/install_devices_disks_changed", "grub-efi/install_devices", "grub-efi/install_devices_disks_changed",
    ];

    public static string Rewrite(string text)
    {
        if (!text.Contains("/install_devices", StringComparison.Ordinal))
        {
            return text;
        }

        var isAsked = false;
        return LineEdit.Each(text, line =>
        {
            if (line.StartsWith("Name: ", StringComparison.Ordinal))
            {
                isAsked = Questions.Contains(line["Name: ".Length..].Trim());
            }

            isAsked &= line.Length > 0;
            return isAsked && line.StartsWith("Value: ", StringComparison.Ordinal) ? "Value:" : line;
        });
    }
}
