using System.Text;
using Allie.Boot;
using Allie.Boot.Efi;
using Allie.Boot.Switching;
using Allie.Errors;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class BootTextTests
{
    private static readonly BootEntry Entry = new("b", "deb13 generation 1 (slot b)", "u-u", "/allie-b/linux.efi", "/allie-b/initrd.img", ["root=UUID=u-u", "ro"]);

    [Fact]
    public void The_entry_file_of_systemd_boot()
    {
        Assert.Equal(
            "# made by allie; do not edit\ntitle deb13 generation 1 (slot b)\nsort-key allie\nlinux /allie-b/linux.efi\ninitrd /allie-b/initrd.img\noptions root=UUID=u-u ro\n",
            BlsEntry.Format(Entry));
        Assert.Equal("allie-b.conf", BlsEntry.FileName("b"));
    }

    [Fact]
    public void A_load_option_is_what_the_specification_says_byte_for_byte()
    {
        var bytes = new LoadOption("allie-b", 2, 4096, 262144, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), @"\EFI\x", "a=1").ToBytes();

        var expected = "01000000" + "4000"
            + "61006c006c00690065002d0062000000"
            + "04012a00" + "02000000" + "0010000000000000" + "0000040000000000" + "33221100554477668899aabbccddeeff" + "0202"
            + "04041200" + "5c004500460049005c0078000000" + "7fff0400"
            + "61003d0031000000";
        Assert.Equal(expected, Convert.ToHexStringLower(bytes));
        Assert.Equal("allie-b", LoadOption.DescriptionOf(bytes));
    }

    [Fact]
    public void Variables_of_the_firmware()
    {
        Assert.Equal([7, 0, 0, 0, (byte)'b', 0, 0, 0], EfiVariable.OfText("b"));
        Assert.Equal([7, 0, 0, 0, 0x42, 0], EfiVariable.OfNumbers([0x42]));
        Assert.Equal([0x42, 1], EfiVariable.Numbers([7, 0, 0, 0, 0x42, 0, 1, 0]));
        Assert.Equal(0x0042, EfiVariable.BootNumber(EfiVariable.Boot(0x42)));
        Assert.Null(EfiVariable.BootNumber(EfiVariable.BootOrder));
        Assert.Equal("allie-b.conf", EfiVariable.Text(EfiVariable.OfText("allie-b.conf")));
    }

    [Fact]
    public void Labels_of_extlinux_and_back()
    {
        var one = new ExtlinuxCfg([], null).With(Entry);
        var two = one.With(Entry with { Slot = "c" }) with { Default = "b" };

        var read = ExtlinuxCfg.Parse(two.Format("linux"));

        Assert.Equal(two.Format("linux"), read.Format("linux"));
        Assert.Equal("b", read.Default);
        Assert.Null(read.Without("b").Default);
        Assert.Contains("ONERROR linux\nLABEL allie-b\n  MENU LABEL deb13 generation 1 (slot b)\n  LINUX /allie-b/linux.efi\n  INITRD /allie-b/initrd.img\n  APPEND root=UUID=u-u ro\n", one.Format("linux"), StringComparison.Ordinal);
        Assert.EndsWith("DEFAULT allie-b\nONTIMEOUT allie-b\n", two.Format(null), StringComparison.Ordinal);
        Assert.Equal("linux", ExtlinuxCfg.DefaultOf("PROMPT 0\ndefault linux\nLABEL linux\n"));
    }

    [Theory]
    [InlineData(null, SwitchTime.NextBoot, "")]
    [InlineData("now", SwitchTime.Now, "")]
    [InlineData("idle", SwitchTime.Idle, "")]
    [InlineData("at 03:30", SwitchTime.At, "03:30")]
    [InlineData("23:59", SwitchTime.At, "23:59")]
    public void Times_to_switch(string? text, SwitchTime time, string at)
    {
        Assert.Equal(new(time, at), SwitchWhen.Parse(text));
        Assert.Throws<UserError>(() => SwitchWhen.Parse("24:00"));
    }

    [Theory]
    [InlineData("at 22:00-06:00", "22:00", true)]
    [InlineData("at 22:00-06:00", "23:59", true)]
    [InlineData("at 22:00-06:00", "00:00", true)]
    [InlineData("at 22:00-06:00", "05:59", true)]
    [InlineData("at 22:00-06:00", "06:00", false)]
    [InlineData("at 22:00-06:00", "21:59", false)]
    [InlineData("12:00-13:30", "12:00", true)]
    [InlineData("12:00-13:30", "13:30", false)]
    [InlineData("idle", "12:00", true)]
    [InlineData("at 12:00", "12:00", false)]
    public void A_window_may_go_over_midnight(string text, string now, bool allowed)
    {
        var when = SwitchWhen.Parse(text);

        Assert.Equal(allowed, when.Allows(TimeOnly.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(when, SwitchWhen.Parse(when.Form));
        Assert.Throws<UserError>(() => SwitchWhen.Parse("at 06:00-06:00"));
    }

    [Fact]
    public void Logins_of_utmp()
    {
        var record = new byte[384];
        (record[0], record[4]) = (7, 99);
        Encoding.ASCII.GetBytes("tty1").CopyTo(record, 8);
        Encoding.ASCII.GetBytes("ann").CopyTo(record, 44);

        Assert.Equal([("ann", "tty1", 99)], Utmp.Parse([.. new byte[384], .. record, 1, 2]));
    }
}
