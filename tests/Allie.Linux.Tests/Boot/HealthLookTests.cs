using Allie.Boot.Trying;
using Allie.Config;
using Allie.Linux.Boot.Health;
using Allie.Linux.Fleet;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Fleet;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Boot;

public class HealthLookTests
{
    private static readonly Runner Real = new(CancellationToken.None);
    private readonly List<string> _told = [];

    [Fact]
    public void A_server_that_comes_up_late_is_waited_for()
    {
        using var top = new TempDirectory();
        var conf = top.At("rsyncd.conf");
        File.WriteAllText(conf, "use chroot = no\n");
        var port = RsyncDaemon.FreePort();
        RsyncDaemon? late = null;
        var pauses = 0;

        using var connection = new ServerConnection(Settings(port), Real);
        var look = new HealthLook(Settings(port), Real, connection, null);
        look.Await(Before(server: true), TimeSpan.FromMinutes(5), _ => late ??= ++pauses == 3 ? new RsyncDaemon(conf, port) : null, _told.Add);

        Assert.NotNull(late);
        late.Dispose();
        Assert.True(look.Baseline().ReachedServer, "a server that has answered is asked again");
        Assert.Equal(3, pauses);
        Assert.Equal(["the server"], _told);
    }

    [Fact]
    public void One_that_does_not_is_waited_for_as_long_as_is_said()
    {
        var port = RsyncDaemon.FreePort();
        using var connection = new ServerConnection(Settings(port), Real);
        var look = new HealthLook(Settings(port), Real, connection, null);

        look.Await(Before(server: true), TimeSpan.FromMilliseconds(300), _ => { }, _told.Add);

        Assert.Equal(["the server"], _told);
        Assert.False(look.Baseline().ReachedServer);
    }

    [Fact]
    public void What_the_system_before_did_not_have_is_not_waited_for()
    {
        var port = RsyncDaemon.FreePort();
        using var connection = new ServerConnection(Settings(port), Real);

        new HealthLook(Settings(port), Real, connection, null)
            .Await(Before(server: false), TimeSpan.FromMinutes(5), _ => Assert.Fail("it waits"), _told.Add);

        Assert.Empty(_told);
    }

    private static HealthBaseline Before(bool server) => new([], HadRoute: false, server, HadSsh: false);

    private static PcSettings Settings(int port) => PcSettings.Parse($"[server]\naddress = \"127.0.0.1\"\nport = {port}\n", "allie.toml");
}
