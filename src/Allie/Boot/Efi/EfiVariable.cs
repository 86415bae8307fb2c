using System.Buffers.Binary;
using System.Text;

namespace Allie.Boot.Efi;

/// <summary>EFI variables as efivarfs has them: four bytes of attributes, then the value. Names are NAME-GUID.</summary>
public static class EfiVariable
{
    private const string Global = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    private const string Loader = "-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"; // systemd's Boot Loader Interface

    public const string BootNext = "BootNext" + Global;
    public const string BootOrder = "BootOrder" + Global;
    public const string SecureBoot = "SecureBoot" + Global;
    public const string LoaderInfo = "LoaderInfo" + Loader;
    public const string LoaderDevice = "LoaderDevicePartUUID" + Loader;
    public const string OneShot = "LoaderEntryOneShot" + Loader;
    public const string Default = "LoaderEntryDefault" + Loader;

    // non-volatile, boot service access, run-time access (UEFI specification 2.10, 8.2)
    private static readonly byte[] Attributes = [7, 0, 0, 0];

    public static string Boot(int number) => $"Boot{number:X4}{Global}";

    /// <summary>The number of a Boot#### variable; null for another one.</summary>
    public static int? BootNumber(string name) =>
        name.Length == 8 + Global.Length && name.StartsWith("Boot", StringComparison.Ordinal) && name.EndsWith(Global, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(4, 4), System.Globalization.NumberStyles.HexNumber, null, out var number)
            ? number
            : null;

    public static byte[] OfText(string text) => [.. Attributes, .. Encoding.Unicode.GetBytes(text + "\0")];

    public static byte[] OfNumbers(IEnumerable<int> numbers) => [.. Attributes, .. numbers.SelectMany(n => new[] { (byte)n, (byte)(n >> 8) })];

    public static byte[] OfOption(LoadOption option) => [.. Attributes, .. option.ToBytes()];

    public static string Text(ReadOnlySpan<byte> file) => file.Length < 4 ? "" : Encoding.Unicode.GetString(file[4..]).TrimEnd('\0');

    public static IReadOnlyList<int> Numbers(ReadOnlySpan<byte> file)
    {
        var found = new List<int>();
        for (var at = 4; at + 1 < file.Length; at += 2)
        {
            found.Add(BinaryPrimitives.ReadUInt16LittleEndian(file[at..]));
        }

        return found;
    }
}
