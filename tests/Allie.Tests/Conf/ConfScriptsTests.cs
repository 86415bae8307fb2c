using Allie.Conf;
using Xunit;

namespace Allie.Tests.Conf;

public class ConfScriptsTests
{
    [Theory]
    [InlineData("00overlay", true)]
    [InlineData("50prepdeb13", true)]
    [InlineData("99x.sh", true)]
    [InlineData("run-conf", false)]
    [InlineData("5x", false)]
    [InlineData("50", false)]
    [InlineData("50x~", false)]
    [InlineData("50x.rpmsave", false)]
    [InlineData("50x.dpkg-old", false)]
    public void Two_digits_make_a_script_and_backups_are_none(string name, bool isScript) => Assert.Equal(isScript, ConfScripts.IsScript(name));

    [Fact]
    public void The_next_one_follows_by_bytes_also_when_it_has_just_come()
    {
        Assert.Equal("00overlay", ConfScripts.Next(["50b", "00overlay"], null));
        Assert.Equal("10new", ConfScripts.Next(["50b", "10new", "00overlay"], "00overlay"));
        Assert.Null(ConfScripts.Next(["50b", "10late"], "50b"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5, 0, 5, 3)]
    [InlineData(1, 5, 1, 4)]
    [InlineData(1, 0, 17)]
    public void The_gravest_code_counts(int worst, params int[] codes) => Assert.Equal(worst, WorstExit.Of(codes));
}
