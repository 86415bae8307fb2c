using System.Buffers.Binary;

namespace Allie.Boot.Grub;

/// <summary>
/// GRUB's core image on a BIOS disk. The first sector of it is found by a number in the boot sector, the rest by a block list at the end of that
/// first sector; both are GRUB's own formats (boot.S, diskboot.S). So a second core image can lie beside the first, and one number chooses.
/// </summary>
public static class CoreImage
{
    public const int SectorBytes = 512;

    private const int BlockList = 0x1F4; // u64 first sector, u16 number of sectors, u16 segment
    private const int LoadSegment = 0x820; // behind the first sector, which is at 0x8000

    public static int Sectors(int bytes) => (bytes + SectorBytes - 1) / SectorBytes;

    /// <summary>As it must lie on the disk from a sector on, in whole sectors. Without the error correcting code that grub-install adds: nothing needs it.</summary>
    public static byte[] At(ReadOnlySpan<byte> file, long sector)
    {
        var image = new byte[Sectors(file.Length) * SectorBytes];
        file.CopyTo(image);
        BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(BlockList), sector + 1);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(BlockList + 8), (ushort)(Sectors(file.Length) - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(BlockList + 10), LoadSegment);
        return image;
    }

    /// <summary>The first sector of a run that is free for a core image; null when there is none.</summary>
    /// <param name="area">The bytes of the embedding area.</param>
    /// <param name="first">Its first sector on the disk.</param>
    /// <param name="used">Sectors of the core image in use: never to be touched.</param>
    /// <param name="count">Sectors wanted.</param>
    /// <param name="isGrubs">The area is a BIOS boot partition, GRUB's alone; else only sectors of zeros are free: other programs hide things behind the MBR.</param>
    public static long? Place(ReadOnlySpan<byte> area, long first, (long From, long To) used, int count, bool isGrubs)
    {
        var run = 0;
        for (var i = 0; (i + 1) * SectorBytes <= area.Length; i++)
        {
            var sector = first + i;
            var free = (sector < used.From || sector >= used.To) && (isGrubs || !area.Slice(i * SectorBytes, SectorBytes).ContainsAnyExcept((byte)0));
            run = free ? run + 1 : 0;
            if (run == count)
            {
                return sector - count + 1;
            }
        }

        return null;
    }
}
