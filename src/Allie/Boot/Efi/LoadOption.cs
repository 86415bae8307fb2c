using System.Buffers.Binary;
using System.Text;

namespace Allie.Boot.Efi;

/// <summary>
/// EFI_LOAD_OPTION (UEFI specification 2.10, 3.1.3) for a file on a GPT partition: the device path is one hard-drive node, one file node and the end.
/// </summary>
/// <param name="Description">What firmware menus show; ours is the entry's id.</param>
/// <param name="FirstSector">Of the partition.</param>
/// <param name="Sectors">Its size.</param>
/// <param name="File">With backslashes: \EFI\allie\b\linux.efi</param>
/// <param name="Options">The kernel line.</param>
public sealed record LoadOption(string Description, int PartitionNumber, long FirstSector, long Sectors, Guid PartUuid, string File, string Options)
{
    private const uint Active = 1;

    public byte[] ToBytes()
    {
        byte[] path = [.. HardDrive(), .. FilePath(), 0x7F, 0xFF, 4, 0];
        var head = new byte[6];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Active);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)path.Length);
        return [.. head, .. Ucs2(Description), .. path, .. Ucs2(Options)]; // the kernel's EFI stub reads its line as UCS-2
    }

    /// <summary>The description of any load option; "" when the bytes are none.</summary>
    public static string DescriptionOf(ReadOnlySpan<byte> option)
    {
        var text = new StringBuilder();
        for (var at = 6; at + 1 < option.Length && BinaryPrimitives.ReadUInt16LittleEndian(option[at..]) is var sign and not 0; at += 2)
        {
            text.Append((char)sign);
        }

        return text.ToString();
    }

    /// <summary>Type 4 (media), sub-type 1; format 2 is GPT, signature type 2 a GUID.</summary>
    private byte[] HardDrive()
    {
        var node = new byte[42];
        (node[0], node[1], node[2]) = (4, 1, 42);
        BinaryPrimitives.WriteInt32LittleEndian(node.AsSpan(4), PartitionNumber);
        BinaryPrimitives.WriteInt64LittleEndian(node.AsSpan(8), FirstSector);
        BinaryPrimitives.WriteInt64LittleEndian(node.AsSpan(16), Sectors);
        PartUuid.ToByteArray().CopyTo(node.AsSpan(24));
        (node[40], node[41]) = (2, 2);
        return node;
    }

    private byte[] FilePath()
    {
        var name = Ucs2(File);
        return [4, 4, (byte)(name.Length + 4), (byte)((name.Length + 4) >> 8), .. name];
    }

    private static byte[] Ucs2(string text) => Encoding.Unicode.GetBytes(text + "\0");
}
