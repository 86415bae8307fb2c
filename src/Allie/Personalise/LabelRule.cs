using Allie.Errors;

namespace Allie.Personalise;

/// <summary>The label of the file system an image gets on a PC: its name, so that one fstab serves every PC.</summary>
public static class LabelRule
{
    private const int MostOnExt4 = 16;

    /// <summary>NAME, or NAME~2 (~3, ...) while another file system of this PC has that label: two of one name are a lottery at boot.</summary>
    /// <param name="image">Its name.</param>
    /// <param name="taken">Labels of the PC's other file systems, not of the slot that is to be formatted.</param>
    /// <param name="mostBytes">What the file system takes.</param>
    public static string Choose(string image, IReadOnlyCollection<string> taken, int mostBytes = MostOnExt4)
    {
        if (!taken.Contains(image))
        {
            return image;
        }

        var label = Enumerable.Range(2, 8).Select(n => $"{image}~{n}").FirstOrDefault(l => !taken.Contains(l));
        return label is not null && label.Length <= mostBytes
            ? label
            : throw UserError.Refused($"cannot label the file system: {image} and {image}~2 to ~9 are all on this PC", "see: allie slot list");
    }
}
