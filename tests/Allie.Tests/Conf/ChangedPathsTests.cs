using Allie.Conf;
using Allie.Files;
using Xunit;

namespace Allie.Tests.Conf;

public class ChangedPathsTests
{
    [Fact]
    public void A_path_has_its_own_script_and_those_of_the_directories_above_each_once()
    {
        HashSet<ImagePath> scripts = [ImagePath.Of("etc"), ImagePath.Of("etc/cron.d"), ImagePath.Of("etc/cron.d/a"), ImagePath.Of("usr"), ImagePath.Of("opt/failed")];
        var changed = new ChangedPaths([ImagePath.Of("etc/cron.d/a"), ImagePath.Of("etc/cron.d/b")], [ImagePath.Of("opt/failed"), ImagePath.Of("opt/withdrawn")]);

        Assert.Equal(["/etc", "/etc/cron.d", "/etc/cron.d/a", "/opt/failed"], changed.Due(scripts.Contains).Select(s => s.ToString()));
    }

    [Fact]
    public void Any_name_reads_back()
    {
        var changed = new ChangedPaths([ImagePath.FromRaw("a\nb/\u00e9\u0001")], [ImagePath.Of("S")]);

        var read = ChangedPaths.Parse(changed.Format());

        Assert.Equal(changed.Paths, read.Paths);
        Assert.Equal(changed.Scripts, read.Scripts);
    }
}
