using Allie.Blandify.Table;
using Allie.Errors;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Blandify;

public class LinePatternTests
{
    [Fact]
    public void One_that_runs_away_is_told_by_its_place_and_by_the_file_it_was_on()
    {
        var pattern = new LinePattern("^(a+)+$", "rule.x.holding in site.toml(3,1)", TimeSpan.FromMilliseconds(1));

        var error = Assert.Throws<UserError>(() => pattern.IsMatch(new string('a', 60) + "!", ImagePath.Of("etc/f")));

        Assert.Contains("rule.x.holding in site.toml(3,1)", error.Message);
        Assert.Contains("/etc/f", error.Message);
    }
}
