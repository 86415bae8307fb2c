using Allie.Boot.Grub;
using Allie.Errors;
using CsCheck;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class GrubEnvTests
{
    [Fact]
    public void It_is_1024_bytes_whatever_it_holds()
    {
        var text = GrubEnv.Empty.With(GrubEnv.Try, "allie-b").With(GrubEnv.Tries, "1").Format();

        Assert.Equal(1024, text.Length);
        Assert.StartsWith("# GRUB Environment Block\nallie_try=allie-b\nallie_tries=1\n###", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.Int[0, 3]).Sample((slot, tries) =>
        {
            var env = GrubEnv.Parse(GrubEnv.Empty.With(GrubEnv.Default, slot).With(GrubEnv.Tries, $"{tries}").Format());
            Assert.Equal((slot, $"{tries}", ""), (env[GrubEnv.Default], env[GrubEnv.Tries], env[GrubEnv.Try]));
        });
    }

    [Fact]
    public void A_damaged_block_is_an_empty_one_and_too_much_is_refused()
    {
        Assert.Empty(GrubEnv.Parse("junk\nallie_try=allie-b\n").Values);
        Assert.Throws<UserError>(() => GrubEnv.Empty.With(GrubEnv.Default, new string('x', 1020)).Format());
    }

    [Theory]
    [InlineData("set default=\"0\"\nmenuentry 'a' --id a {\n}\n", "", 0)]
    [InlineData("set default=\"${saved_entry}\"\nmenuentry 'a' --id a {\n}\nmenuentry 'b' --id b {\n}\n", "saved_entry=b", 1)]
    [InlineData("set default=\"${saved_entry}\"\nmenuentry 'a' --id a {\n}\n", "", 0)]
    [InlineData("set default=\"0\"\nsubmenu 'a' {\n menuentry 'x' {\n }\n}\n", "", null)]
    [InlineData("set default=\"1\"\nif [ x = y ]; then\nmenuentry 'a' {\n}\nfi\nmenuentry 'b' {\n}\n", "", null)]
    [InlineData("set default=\"0\"\nblscfg\n", "", null)]
    [InlineData("set default=\"${saved_entry}\"\nmenuentry 'a' --id a {\n}\n", "saved_entry=gone", null)]
    [InlineData("menuentry 'Debian' --class gnu $menuentry_id_option 'gnulinux-simple-1' {\n}\nset default=gnulinux-simple-1\n", "", 0)]
    public void The_index_of_the_old_default_is_known_or_left_out(string cfg, string env, int? index)
    {
        Assert.Equal(index, GrubMenu.Parse(cfg, "# GRUB Environment Block\n" + env + "\n###").DefaultIndex);
    }

    [Theory]
    [InlineData("ext4", "sda1", true)]
    [InlineData("vfat", "nvme0n1p1", true)]
    [InlineData("xfs", "sda1", true)]
    [InlineData("btrfs", "sda1", false)]
    [InlineData("f2fs", "sda1", false)]
    [InlineData("zfs", "", false)]
    [InlineData("ext4", "dm-0", false)]
    [InlineData("ext4", "md127", false)]
    public void Where_grub_cannot_write_no_try_is_made(string fileSystem, string device, bool writes)
    {
        Assert.Equal(writes, GrubHome.WriteRefusal(fileSystem, device) is null);
    }

    [Fact]
    public void Without_writing_the_committed_slot_is_still_started_and_nothing_is_counted()
    {
        var text = new AllieCfg([]).Format(new(null, true), canWrite: false);

        Assert.Contains("load_env --skip-sig -f $prefix/allie.env allie_default", text, StringComparison.Ordinal);
        Assert.DoesNotContain("save_env", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fallback", text, StringComparison.Ordinal);
    }
}
