using Allie.Boot;
using Allie.Boot.Grub;
using CsCheck;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class GrubTests
{
    private const string Uuid = "0f0e0d0c-0b0a-8a11-8908-070605040302";

    private static readonly BootEntry Entry = new(
        "b", BootEntry.TitleOf("deb13", 1, "b"), Uuid, "/boot/vmlinuz-6.12", "/boot/initrd.img-6.12",
        KernelLine.Make(Uuid, "b", new(BootMethod.Grub, "part", "/boot/grub"), "root=/dev/sda1 ro quiet resume=UUID=1 splash", "console=ttyS0"));

    [Fact]
    public void The_file_is_word_for_word_what_grub_was_seen_to_boot()
    {
        const string Golden = """
            # The entries of the slots that allie prep filled. Written anew each time: do not edit.
            set fallback=0
            set allie_before="${default}"
            menuentry 'deb13 generation 1 (slot b)' --unrestricted --id allie-b {
              search --no-floppy --fs-uuid --set=root 0f0e0d0c-0b0a-8a11-8908-070605040302
              linux /boot/vmlinuz-6.12 root=UUID=0f0e0d0c-0b0a-8a11-8908-070605040302 ro allie.slot=b allie.home=grub:part:/boot/grub panic=30 quiet splash console=ttyS0 allie.prefix=$prefix
              initrd /boot/initrd.img-6.12
            }
            if [ -s $prefix/allie.env ]; then
              load_env -f $prefix/allie.env allie_default allie_try allie_tries
              if [ -n "${allie_default}" ]; then set default="${allie_default}"; fi
              if [ -n "${allie_try}" ]; then
                set allie_go=""
                if   [ "${allie_tries}" = "3" ]; then set allie_tries=2; set allie_go=1
                elif [ "${allie_tries}" = "2" ]; then set allie_tries=1; set allie_go=1
                elif [ "${allie_tries}" = "1" ]; then set allie_tries=0; set allie_go=1; fi
                if [ -n "${allie_go}" ]; then
                  if save_env -f $prefix/allie.env allie_tries; then set default="${allie_try}"; fi
                fi
              fi
              set allie_canary=1
              save_env -f $prefix/allie.env allie_canary
            fi
            if [ "${default}" = "allie-b" ]; then
              unset allie_root
              search --no-floppy --fs-uuid --set=allie_root 0f0e0d0c-0b0a-8a11-8908-070605040302
              if [ ! -s "(${allie_root})"/boot/vmlinuz-6.12 ]; then
                if [ -n "${allie_default}" -a "${allie_default}" != "allie-b" ]; then
                  set default="${allie_default}"
                else
                  set default="${allie_before}"
                fi
              fi
            fi

            """;

        Assert.Equal(Golden, new AllieCfg([]).With(Entry).Format(new(0, false), canWrite: true));
    }

    [Fact]
    public void Entries_of_other_slots_stay_as_they_are()
    {
        var two = new AllieCfg([]).With(Entry).With(Entry with { Slot = "c", Title = "f42 generation 7 (slot c)" });

        var again = AllieCfg.Parse(two.Format(GrubMenu.Unknown, true)).With(Entry with { Kernel = "/boot/vmlinuz-6.13" });

        Assert.Equal(["b", "c"], again.Entries.Select(e => e.Slot));
        Assert.Contains("vmlinuz-6.13", again.Entries[0].Text, StringComparison.Ordinal);
        Assert.Equal(two.Entries[1], again.Entries[1]);
    }

    [Fact]
    public void A_slot_without_entry_is_gone_from_the_file()
    {
        var one = AllieCfg.Parse(new AllieCfg([]).With(Entry).Format(GrubMenu.Unknown, true)).Without("b");

        Assert.False(one.Has("b"));
        Assert.DoesNotContain("menuentry", one.Format(GrubMenu.Unknown, true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain=1", "plain=1")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("dyndbg=\"x +p\"", "'dyndbg=\"x +p\"'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$prefix", "'$prefix'")]
    public void Words_that_grub_would_read_otherwise_are_quoted(string word, string quoted)
    {
        Assert.Equal(quoted, GrubText.Word(word));
    }

    [Theory]
    [InlineData("if [ -f  ${config_directory}/custom.cfg ]; then\n  source ${config_directory}/custom.cfg\nfi\n", true)]
    [InlineData("  . $prefix/custom.cfg\n", true)]
    [InlineData("# source $prefix/custom.cfg\n", false)]
    [InlineData("set default=0\n", false)]
    public void A_grub_cfg_that_does_not_source_custom_cfg_is_known(string text, bool sources)
    {
        Assert.Equal(sources, GrubCfg.SourcesCustom(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("set color=1\n")]
    [InlineData("no line end")]
    public void Taking_our_block_away_gives_the_file_back_byte_for_byte(string? before)
    {
        var with = CustomCfg.Block.Add(before);

        Assert.Contains("source $prefix/allie.cfg", with, StringComparison.Ordinal);
        Assert.Equal(with, CustomCfg.Block.Add(with));
        Assert.Equal(before, CustomCfg.Block.Remove(with));
        Assert.Equal(before, CustomCfg.Block.Remove(before));
    }

    [Fact]
    public void What_the_administrator_adds_later_stays_too()
    {
        Assert.Equal("mine\n", CustomCfg.Block.Remove(CustomCfg.Block.Add(null) + "mine\n"));
        Gen.Select(Gen.String, Gen.String).Sample((before, after) => Assert.Equal(before + after, CustomCfg.Block.Remove(CustomCfg.Block.Add(before) + after)));
    }
}
