using Allie.Files;
using Allie.Images.Digests;
using Xunit;

namespace Allie.Tests.Images.Digests;

public sealed class DigestListTests
{
    private static readonly FileFacts Facts = new(FileKind.Regular, 0x1A4, 0, 0, 3, 8, 7, 1, 8, 1, 0, 0, 1_000_000_001, 0);
    private static readonly FileMetadata Metadata = FileMetadata.Root(0x1A4, 1_000_000_001);
    private static readonly ImagePath File = ImagePath.Of("etc/motd");

    [Fact]
    public void What_was_written_is_read_and_each_record_is_met_once()
    {
        var list = DigestList.TryParse(DigestList.Of([(7, 70), (5, 50), (7, 71)]).Format())!;
        var tally = new DigestList.Tally(list);

        Assert.True(tally.Meet(7, 71));
        Assert.False(tally.Meet(7, 71));
        Assert.False(tally.Meet(5, 51));
        Assert.False(tally.Meet(6, 60));
        Assert.Equal(2, tally.Missing);
        Assert.True(tally.Meet(7, 70) && tally.Meet(5, 50));
        Assert.Equal(0, tally.Missing);
        Assert.True(list.Has(7, 71) && !list.Has(7, 50) && !list.Has(6, 60));

        tally.Forget(7, 71);
        Assert.Equal(1, tally.Missing);
        Assert.True(tally.Meet(7, 71) && tally.Missing == 0);
    }

    [Fact]
    public void Damage_anywhere_is_no_list()
    {
        var bytes = DigestList.Of([(1, 2), (3, 4)]).Format();
        Assert.NotNull(DigestList.TryParse(bytes));

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Null(DigestList.TryParse(bytes));
            bytes[i] ^= 0x10;
        }

        Assert.Null(DigestList.TryParse(bytes.AsSpan(0, bytes.Length - 12)));
        Assert.Null(DigestList.TryParse([]));
    }

    [Fact]
    public void Each_thing_that_must_survive_changes_the_digest()
    {
        FileMetadata With(string name, byte value) => Metadata with { Xattrs = new Dictionary<string, byte[]> { [name] = [value] } };
        ulong[] all =
        [
            Of(Facts, Metadata, 1), Of(Facts, Metadata, 2), Of(Facts with { Size = 4 }, Metadata, 1), Of(Facts with { Kind = FileKind.Symlink }, Metadata, 1),
            Of(Facts, Metadata with { Permissions = 0x1ED }, 1), Of(Facts, Metadata with { Uid = 1 }, 1), Of(Facts, Metadata with { Gid = 1 }, 1),
            Of(Facts, Metadata with { MtimeNs = 1_000_000_002 }, 1), Of(Facts, With("user.a", 1), 1), Of(Facts, With("user.a", 2), 1), Of(Facts, With("user.b", 1), 1),
            Of(Facts, With("security.capability", 1), 1), Of(Facts, With("system.posix_acl_access", 1), 1), Of(Facts with { SpecialMinor = 1 }, Metadata, 1),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void What_the_running_kernel_or_the_file_system_adds_does_not_count()
    {
        foreach (var name in new[] { "security.selinux", "btrfs.compression", "system.nfs4_acl", "trusted.SGI_ACL_FILE" })
        {
            Assert.Equal(Of(Facts, Metadata, 1), Of(Facts, Metadata with { Xattrs = new Dictionary<string, byte[]> { [name] = [1] } }, 1));
        }

        Assert.Equal(
            EntryDigest.Of(ImagePath.Root, Facts, Metadata, 0), EntryDigest.Of(ImagePath.Root, Facts, Metadata with { MtimeNs = 5 }, 0));
    }

    private static ulong Of(FileFacts facts, FileMetadata metadata, ulong content) => EntryDigest.Of(File, facts, metadata, content);
}
