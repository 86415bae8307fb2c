using Allie.Config;
using Allie.Errors;
using Allie.Overlays;
using Xunit;

namespace Allie.Tests.Overlays;

public class OverlayStarterTests
{
    [Fact]
    public void The_settings_it_writes_are_settings_that_a_pc_reads()
    {
        var text = OverlayStarter.New("deb13", "10.0.0.1", 8873).Single(s => s.Path.Name == "allie.toml").Text!;

        var settings = PcSettings.Parse(text, "allie.toml");

        Assert.Equal(("10.0.0.1", 8873), (settings.ServerAddress, settings.ServerPort));
    }

    [Fact]
    public void Root_is_private_and_the_cron_entry_has_no_dot()
    {
        var steps = OverlayStarter.New("deb13", "srv", 873);

        Assert.Equal(0x1C0, steps.Single(s => s.Path.Raw == "deb13/root").Permissions);
        Assert.DoesNotContain('.', steps.Single(s => s.Path.Parent.Name == "cron.hourly").Path.Name);
    }

    [Theory]
    [InlineData("Deb", 50)]
    [InlineData("deb13", 100)]
    public void A_prep_script_wants_an_image_name_and_two_digits(string image, int number) =>
        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => OverlayStarter.Prep("deb12", image, number)).ExitCode);
}
