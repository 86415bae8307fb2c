using System.IO.Compression;
using System.IO.Pipes;
using Allie.Errors;
using Allie.Linux.Processes;

namespace Allie.Linux.Files;

/// <summary>
/// Compressed files, told by their first bytes. gzip is read in process; xz, zstd, lz4, bzip2 and lzma by the tool of this machine. A tool gets the bytes and
/// not a path: an image cannot lead it elsewhere.
/// </summary>
internal sealed class Unpacking(IRunner runner)
{
    internal const int MagicBytes = 6;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The tool that unpacks a file which begins so; null for anything else.</summary>
    internal static string? ToolFor(ReadOnlySpan<byte> magic) => magic switch
    {
        [0x1f, 0x8b, ..] => "gzip",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        [0x02, 0x21, 0x4c, 0x18, ..] or [0x04, 0x22, 0x4d, 0x18, ..] => "lz4",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
        [0x5d, 0, 0, ..] => "lzma",
        _ => null,
    };

    /// <param name="tool">What <see cref="ToolFor"/> said.</param>
    /// <param name="file">From where it stands.</param>
    /// <param name="consume">Gets what is unpacked; it need not read to the end.</param>
    /// <exception cref="InvalidDataException">It is damaged, or the tool is missing.</exception>
    internal void Unpack(string tool, FileStream file, Action<Stream> consume)
    {
        if (tool == "gzip")
        {
            using var plain = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            consume(plain);
            return;
        }

        using var enough = new CancellationTokenSource();
        using var outlet = new AnonymousPipeServerStream(PipeDirection.Out);
        using var inlet = new AnonymousPipeClientStream(PipeDirection.In, outlet.ClientSafePipeHandle);
        var reading = Task.Run(() => Consume(inlet, consume, enough));
        try
        {
            var outcome = runner.Run(new Command(tool, "-dc") { InputFrom = file, OutputTo = outlet, Limit = Limit, Stop = enough.Token });
            if (!outcome.Ok)
            {
                throw new InvalidDataException($"{tool} failed: {outcome.LastWord}");
            }
        }
        catch (UserError e)
        {
            if (!enough.IsCancellationRequested)
            {
                throw new InvalidDataException(e.Message);
            }
        }
        finally
        {
            outlet.Dispose();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }

        reading.GetAwaiter().GetResult();
    }

    /// <summary>Whoever has read enough ends the tool: what a small file unpacks to may be endless.</summary>
    private static void Consume(Stream inlet, Action<Stream> consume, CancellationTokenSource enough)
    {
        try
        {
            consume(inlet);
        }
        finally
        {
            if (inlet.ReadByte() >= 0)
            {
                enough.Cancel();
                inlet.CopyTo(Stream.Null); // what is under way when it ends
            }
        }
    }
}
