using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>Archives made by the real cpio and the real packers.</summary>
public sealed class InitramfsReaderTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public InitramfsReaderTests()
    {
        Directory.CreateDirectory(_temp.At("boot"));
        Shell.Run(
            """
            mkdir -p early/kernel/x86/microcode main/etc/cmdline.d main/usr/lib/dracut main/bin
            head -c 30001 /dev/zero >early/kernel/x86/microcode/GenuineIntel.bin
            echo 'root=UUID=x' >main/etc/cmdline.d/95root-dev.conf; echo x >main/usr/lib/dracut/hostonly-files
            head -c 3000000 /dev/urandom >main/bin/big; ln -s big main/bin/link
            (cd early && find . | cpio -o -H newc --quiet) >early.cpio
            (cd main && find . | cpio -o -H newc --quiet) >main.cpio
            """, _temp.Path);
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("cat")]
    [InlineData("gzip -c")]
    [InlineData("xz -c --check=crc32")]
    [InlineData("zstd -qc")]
    [InlineData("lz4 -lc")]
    [InlineData("bzip2 -c")]
    [InlineData("lzma -c")]
    public void What_is_packed_after_microcode_is_read(string packer)
    {
        Shell.Run($"(cat early.cpio; head -c 512 /dev/zero; {packer} <main.cpio) >boot/initrd", _temp.Path);

        var contents = Read("boot/initrd");

        Assert.Null(contents.NotRead);
        Assert.Contains("kernel/x86/microcode/GenuineIntel.bin", contents.Entries.Keys);
        Assert.Equal("root=UUID=x\n", contents.Entries["etc/cmdline.d/95root-dev.conf"]);
        Assert.Null(contents.Entries["bin/big"]);
        Assert.Equal(2, InitramfsAudit.Reasons(contents).Count);
    }

    [Theory]
    [InlineData("head -c 2000000 main.cpio | gzip -c", "ends too early")]
    [InlineData("zstd -qc <main.cpio >packed && head -c 50000 packed", "zstd failed")]
    [InlineData("echo nonsense", "no known archive")]
    [InlineData("true", "empty")]
    public void What_cannot_be_read_is_said(string made, string why)
    {
        Shell.Run($"{{ {made}; }} >boot/initrd", _temp.Path);

        Assert.Contains(why, Read("boot/initrd").NotRead);
    }

    private InitramfsContents Read(string path)
    {
        using var root = ImageRoot.Open(_temp.Path);
        return new InitramfsReader(root, new Runner(TestContext.Current.CancellationToken)).Read(ImagePath.Of(path));
    }
}
