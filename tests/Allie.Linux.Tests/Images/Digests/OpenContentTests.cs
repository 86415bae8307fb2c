using System.IO.Hashing;
using Allie.Linux.Images.Digests;
using Allie.Linux.Native;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Images.Digests;

public sealed class OpenContentTests : IDisposable
{
    private readonly TempDirectory _temp = TempDirectory.OnDisk();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(266_240)]
    [InlineData(1_000_001)]
    public void A_file_has_the_same_hash_from_memory_and_from_the_disk(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var path = _temp.At("file");
        File.WriteAllBytes(path, bytes);
        var expected = size == 0 ? 0 : XxHash3.HashToUInt64(bytes);
        Assert.Equal(expected, Hash(OpenContent.Open));

        Forget(path);
        Assert.Equal(expected, Hash(OpenContent.Open));
        Assert.Equal(expected, Hash((directory, leaf, shown) =>
        {
            var file = OpenContent.TryOpenPastCache(directory, leaf, shown);
            Assert.True(file is { IsDirect: true }, "it is not read past the cache: is the build output on a tmpfs?");
            return file;
        }));
    }

    private ulong Hash(Func<Fd, byte[], string, OpenContent> open)
    {
        using var directory = Fd.Open(Flags.AtFdCwd, Bytes.Of(_temp.Path), Flags.ReadOnly | Flags.Directory, _temp.Path);
        using var file = open(directory, Bytes.OfRaw("file"), "file");
        return file.Hash("file");
    }

    /// <summary>As far as the kernel does as it is told; a look whether it did would bring it back.</summary>
    private static void Forget(string path)
    {
        const int DontNeed = 4; // posix_fadvise(2)
        using var file = Fd.Open(Flags.AtFdCwd, Bytes.Of(path), Flags.ReadOnly, path);
        file.Sync(path);
        Assert.Equal(0, Libc.posix_fadvise(file.Number, 0, 0, DontNeed));
    }
}
