using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Blandify;

/// <summary>
/// Looks into an initramfs of a tree without running anything of it: uncompressed archives (microcode) come first, then one compressed
/// stream (<see cref="Unpacking"/>); where that cannot be read it is said.
/// </summary>
public sealed class InitramfsReader(ImageRoot root, IRunner runner)
{
    public InitramfsContents Read(ImagePath path)
    {
        var entries = new Dictionary<string, string?>(StringComparer.Ordinal);
        try
        {
            using var file = root.OpenRead(path);
            long position = 0;
            var magic = NewcArchive.Read(file, ref position, entries);
            if (magic.Length > 0)
            {
                file.Position = position - magic.Length;
                Compressed(file, magic, entries);
            }

            return entries.Count > 0 ? new(entries) : InitramfsContents.Unread("it is empty");
        }
        catch (InvalidDataException e)
        {
            return InitramfsContents.Unread(e.Message);
        }
    }

    private void Compressed(FileStream file, byte[] magic, Dictionary<string, string?> entries)
    {
        var tool = Unpacking.ToolFor(magic) ?? throw new InvalidDataException($"bytes {Convert.ToHexStringLower(magic)} are no known archive");
        new Unpacking(runner).Unpack(tool, file, unpacked =>
        {
            long position = 0;
            NewcArchive.Read(new BufferedStream(unpacked, 1 << 16), ref position, entries);
        });
    }
}
