using System.Text;
using Allie.Files;

namespace Allie.Linux.Native;

/// <summary>NUL-terminated byte forms for system calls.</summary>
internal static class Bytes
{
    internal static byte[] Of(string text) => Encoding.UTF8.GetBytes(text + "\0");

    internal static byte[] OfRaw(string raw) => Encoding.Latin1.GetBytes(raw + "\0");

    internal static byte[] Of(ImagePath path) => OfRaw(path.IsRoot ? "." : path.Raw);
}
