using System.IO.Compression;
using System.IO.Pipes;
using Allie.Blandify.Rules.Initramfs;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Blandify;

/// <summary>
/// Looks into an initramfs of a tree without running anything of it: uncompressed archives (microcode) come first, then one compressed
/// stream. gzip is read in process; xz, zstd, lz4, bzip2 and lzma by the tool of this machine where it is there, and said where not.
/// </summary>
public sealed class InitramfsReader(ImageRoot root, IRunner runner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

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
        switch (magic)
        {
            case [0x1f, 0x8b, ..]:
                Archives(new GZipStream(file, CompressionMode.Decompress), entries);
                break;
            case [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]:
                ByTool("xz", file, entries);
                break;
            case [0x28, 0xb5, 0x2f, 0xfd, ..]:
                ByTool("zstd", file, entries);
                break;
            case [0x02, 0x21, 0x4c, 0x18, ..]:
                ByTool("lz4", file, entries);
                break;
            case [(byte)'B', (byte)'Z', (byte)'h', ..]:
                ByTool("bzip2", file, entries);
                break;
            case [0x5d, 0, 0, ..]:
                ByTool("lzma", file, entries);
                break;
            default:
                throw new InvalidDataException($"bytes {Convert.ToHexStringLower(magic)} are no known archive");
        }
    }

    private static void Archives(Stream stream, Dictionary<string, string?> entries)
    {
        long position = 0;
        NewcArchive.Read(new BufferedStream(stream, 1 << 16), ref position, entries);
    }

    /// <summary>The tool gets the bytes and not a path: the image cannot lead it elsewhere.</summary>
    private void ByTool(string tool, FileStream file, Dictionary<string, string?> entries)
    {
        using var outlet = new AnonymousPipeServerStream(PipeDirection.Out);
        using var inlet = new AnonymousPipeClientStream(PipeDirection.In, outlet.ClientSafePipeHandle);
        var reading = Task.Run(() =>
        {
            try
            {
                Archives(inlet, entries);
            }
            finally
            {
                inlet.CopyTo(Stream.Null); // the tool must come to its end
            }
        });
        try
        {
            var outcome = runner.Run(new Command(tool, "-dc") { InputFrom = file, OutputTo = outlet, Limit = Limit });
            if (!outcome.Ok)
            {
                throw new InvalidDataException($"{tool} failed: {outcome.LastWord}");
            }
        }
        catch (UserError e)
        {
            throw new InvalidDataException(e.Message);
        }
        finally
        {
            outlet.Dispose();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }

        reading.GetAwaiter().GetResult();
    }
}
