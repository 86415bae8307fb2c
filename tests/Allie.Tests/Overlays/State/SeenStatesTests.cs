using Allie.Files;
using Allie.Overlays.State;
using Xunit;

namespace Allie.Tests.Overlays.State;

public class SeenStatesTests
{
    private static readonly FileFacts File = new(FileKind.Regular, 0x1A4, 0, 0, 5, 8, 77, 1, 8, 1, 0, 0, 1_000_000_001, 2_000_000_001);
    private static readonly ImagePath Path = ImagePath.Of("etc/a");

    private static UInt128 Key(FileFacts facts) => SeenStates.Key(Path, [facts, File, null, null], 0);

    [Fact]
    public void What_is_kept_is_found_again()
    {
        var first = new SeenStates(null);
        first.Add(Key(File), 3);
        Assert.True(first.IsWorthKeeping);

        var second = new SeenStates(first.Format());

        Assert.Equal((byte)3, second.Find(Key(File)));
        Assert.False(second.IsWorthKeeping);
    }

    [Fact]
    public void Whatever_changes_of_a_file_or_of_which_file_is_meant_is_another_key()
    {
        FileFacts[] others =
        [
            File with { Inode = 78 }, File with { CtimeNs = 2_000_000_002 }, File with { Size = 6 }, File with { Permissions = 0x180 }, File with { Kind = FileKind.Fifo },
            File with { DeviceMinor = 2 }, File with { Uid = 1 }, File with { Gid = 1 },
        ];
        UInt128[] keys =
        [
            Key(File), .. others.Select(Key), SeenStates.Key(Path, [File, null, File, null], 0), SeenStates.Key(Path, [File, File, null, null], 1),
            SeenStates.Key(ImagePath.Of("etc/b"), [File, File, null, null], 0),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_damaged_file_is_an_empty_one()
    {
        var states = new SeenStates(null);
        states.Add(Key(File), 3);
        var good = states.Format();
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= 0x10;
            Assert.Null(new SeenStates(bad).Find(Key(File)));
            Assert.Null(new SeenStates(good[..i]).Find(Key(File)));
        }
    }

    [Theory]
    [InlineData(2_000_000_001, 2_050_000_000, false)]
    [InlineData(2_000_000_001, 2_200_000_000, true)]
    [InlineData(2_000_000_000, 3_900_000_000, false)] // a file system that counts in seconds
    [InlineData(2_000_000_000, 5_000_000_000, true)]
    [InlineData(9_000_000_001, 2_000_000_000, false)] // a clock that was set back
    public void Only_what_can_no_longer_change_unseen_is_kept(long ctime, long now, bool settled) =>
        Assert.Equal(settled, SeenStates.IsSettled(File with { CtimeNs = ctime }, now));
}
