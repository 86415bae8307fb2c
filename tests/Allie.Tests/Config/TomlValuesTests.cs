using Allie.Config;
using Allie.Errors;
using Xunit;

namespace Allie.Tests.Config;

public class TomlValuesTests
{
    [Fact]
    public void An_absent_file_gives_every_default()
    {
        var server = ServerSettings.Parse("", "server.toml");

        Assert.Equal("/srv/allie/images", server.Images);
        Assert.Equal("/etc/rsyncd.conf", server.RsyncdConf);
    }

    [Fact]
    public void Directories_follow_the_store()
    {
        var server = ServerSettings.Parse("store = \"/tmp/x\"\nhosts = \"/tmp/h\"\n", "server.toml");

        Assert.Equal("/tmp/x/overlays", server.Overlays);
        Assert.Equal("/tmp/h", server.Hosts);
    }

    [Fact]
    public void A_misspelt_key_is_refused_with_its_place_and_the_nearest_known_one()
    {
        var error = Assert.Throws<UserError>(() => PcSettings.Parse("[server]\nadress = \"x\"\n", "allie.toml"));

        Assert.Equal(2, error.ExitCode);
        Assert.Contains("allie.toml(2,1)", error.Message);
        Assert.Contains("server.address", error.Hint);
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_refused()
    {
        var error = Assert.Throws<UserError>(() => PcSettings.Parse("[server]\nport = \"x\"\n", "allie.toml"));

        Assert.Contains("server.port", error.Message);
    }

    [Fact]
    public void A_syntax_error_names_line_and_column()
    {
        var error = Assert.Throws<UserError>(() => PcSettings.Parse("[server]\nport =\n", "allie.toml"));

        Assert.Contains("allie.toml(2,", error.Message);
    }

    [Fact]
    public void Slots_are_read_by_name()
    {
        var pc = PcSettings.Parse("[slots.b]\npartuuid = \"ABC-1\"\n[slots.a]\npartuuid = \"d\"\n", "allie.toml");

        Assert.Equal("abc-1", pc.SlotPartitions["b"]);
        Assert.Equal("d", pc.SlotPartitions["a"]);
    }
}
