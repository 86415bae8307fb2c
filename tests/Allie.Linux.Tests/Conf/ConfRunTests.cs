using Allie.Config;
using Allie.Errors;
using Allie.Linux.Conf;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Conf;

public sealed class ConfRunTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Scripts_run_in_order_one_that_fails_does_not_stop_the_rest_and_new_ones_are_seen()
    {
        Script("00overlay", "echo first; cp \"$0\" \"$(dirname \"$0\")/10new\"; sed -i 's/first/new/; s/cp.*//' \"$(dirname \"$0\")/10new\"");
        Script("20fails", "echo out; echo err >&2; exit 7");
        Script("30active", "echo active=$ALLIE_ACTIVE config=$ALLIE_CONFIG");
        Script("30active~", "echo backup");
        Script("readme", "echo no");
        _temp.Write("conf/40data", "no script");

        var seen = new List<string>();
        var results = Conf().Run(r => seen.Add(r.Name));

        Assert.Equal(["00overlay", "10new", "20fails", "30active"], seen);
        Assert.Equal([0, 0, 7, 0], results.Select(r => r.ExitCode));
        Assert.Equal("first\n", results[0].Output);
        Assert.Equal(["err", "out"], results[2].Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Equal("active=1 config=/some/allie.toml\n", results[3].Output);
        Assert.Equal("first\n", File.ReadAllText(Conf().LogOf("00overlay")));
        Assert.Equal("700", Shell.Run($"stat -c %a {_temp.At("state/conf")}"));
    }

    [Fact]
    public void A_second_run_while_one_is_under_way_is_busy()
    {
        Script("00x", "true");
        using var held = FileLock.Take(_temp.At("run/conf.lock"), "conf");

        Assert.Equal(ExitCode.Busy, Assert.Throws<UserError>(() => Conf().Run(_ => { })).ExitCode);
    }

    [Fact]
    public void No_directory_is_nothing_to_do() => Assert.Empty(Conf().Run(_ => { }));

    private ConfRun Conf() => new(
        PcSettings.Parse($"[paths]\nconf = \"{_temp.At("conf")}\"\nstate = \"{_temp.At("state")}\"\nrun = \"{_temp.At("run")}\"\n", "t"),
        new Runner(TestContext.Current.CancellationToken), "/some/allie.toml");

    private void Script(string name, string body) => Shell.Run($"chmod 755 '{_temp.Write("conf/" + name, "#!/bin/sh\n" + body + "\n")}'");
}
