using System.IO.Hashing;
using Allie.Linux.Images.Digests;
using Allie.Linux.Native;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Images.Digests;

public sealed class DiskReadsTests : IDisposable
{
    private readonly TempDirectory _temp = TempDirectory.OnDisk();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Small_files_are_read_together_and_the_others_are_left()
    {
        int[] sizes = [0, 1, 4095, 4096, 65_536, 65_537, .. Enumerable.Range(100, 300)]; // more than one call takes, in number and in bytes
        var contents = sizes.Select((size, i) => Write($"{i}", size)).ToList();
        var hashes = Read(sizes.Length, () => { });
        for (var i = 0; i < sizes.Length; i++)
        {
            Assert.Equal(sizes[i] is 0 or > DiskReads.LargestBytes ? null : XxHash3.HashToUInt64(contents[i]), hashes[i]);
        }
    }

    [Fact]
    public void A_file_that_became_shorter_is_not_taken_for_read()
    {
        _ = Write("0", 5000);
        _ = Write("1", 5000);
        var hashes = Read(2, () => File.WriteAllText(_temp.At("0"), "short"));
        Assert.Null(hashes[0]);
        Assert.NotNull(hashes[1]);
    }

    private ulong?[] Read(int count, Action whenOpen)
    {
        using var directory = Fd.Open(Flags.AtFdCwd, Bytes.Of(_temp.Path), Flags.ReadOnly | Flags.Directory, _temp.Path);
        var files = Enumerable.Range(0, count).Select(i => OpenContent.TryOpenPastCache(directory, Bytes.OfRaw($"{i}"), $"{i}")).ToList();
        Assert.All(files, f => Assert.True(f is { IsDirect: true }, "it is not read past the cache: is the build output on a tmpfs?"));
        whenOpen();
        using var disk = DiskReads.TryMake();
        Assert.NotNull(disk);
        var hashes = disk.Hashes(files);
        files.ForEach(f => f!.Dispose());
        return hashes;
    }

    private byte[] Write(string name, int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(_temp.At(name), bytes);
        return bytes;
    }
}
