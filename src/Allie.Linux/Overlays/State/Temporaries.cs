using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Overlays.State;

/// <summary>Our own temporary names: .allie- and 12 hexadecimal digits. A run that is killed may leave one; the next run removes it.</summary>
internal static class Temporaries
{
    private const int Digits = 12;

    internal static ImagePath Beside(ImagePath path) => path.Parent.Join(ImageRoot.TemporaryPrefix + Convert.ToHexStringLower(RandomBytes.Read(Digits / 2)));

    internal static bool IsOne(string name) =>
        name.Length == ImageRoot.TemporaryPrefix.Length + Digits
        && name.StartsWith(ImageRoot.TemporaryPrefix, StringComparison.Ordinal)
        && name.Skip(ImageRoot.TemporaryPrefix.Length).All(char.IsAsciiHexDigitLower);

    internal static void Remove(ImageRoot root, ImagePath directory)
    {
        foreach (var name in root.List(directory).Where(IsOne))
        {
            root.RemoveTree(directory.Join(name));
        }
    }
}
