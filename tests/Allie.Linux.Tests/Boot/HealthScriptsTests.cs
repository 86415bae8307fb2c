using Allie.Linux.Boot.Health;
using Allie.Linux.Boot.Switching;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Boot;

public sealed class HealthScriptsTests : IDisposable
{
    private readonly TempDirectory _top = new();

    public void Dispose() => _top.Dispose();

    [Fact]
    public void Required_scripts_must_pass_and_wanted_ones_are_told()
    {
        Script("required.d/20-second", "exit 0");
        Script("required.d/10-first", "echo no printer >&2; exit 7");
        Script("required.d/10-first~", "exit 1");
        _top.Write("required.d/30-not-executable", "exit 1");
        Script("wanted.d/10-nice", "exit 1");

        var checks = new HealthScripts(_top.Path, new Runner(TestContext.Current.CancellationToken)).Run();

        Assert.Equal(["required.d/10-first", "required.d/20-second", "wanted.d/10-nice"], checks.Select(c => c.Name));
        Assert.Equal([true, false, false], checks.Select(c => c.Fails));
        Assert.Equal("ended with 7: no printer", checks[0].Detail);
    }

    [Fact]
    public void Without_scripts_there_is_nothing_to_fail()
    {
        Assert.Empty(new HealthScripts(_top.At("none"), new Runner(TestContext.Current.CancellationToken)).Run());
    }

    [Fact]
    public void Somebody_with_a_session_is_there_and_a_greeter_is_nobody()
    {
        _top.Write("run/systemd/sessions/1", "UID=1000\nUSER=ann\nCLASS=user\nSTATE=active\nTTY=tty2\n");
        _top.Write("run/systemd/sessions/2", "UID=1001\nUSER=bob\nCLASS=user\nSTATE=closing\n");
        _top.Write("run/systemd/sessions/c1", "UID=110\nUSER=gdm\nCLASS=greeter\nSTATE=active\n");

        Assert.Equal(["ann (tty2)"], LoggedIn.Look(_top.Path));
        Assert.Empty(LoggedIn.Look(_top.At("none")));
    }

    private void Script(string name, string text) =>
        File.SetUnixFileMode(_top.Write(name, "#!/bin/sh\n" + text + "\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
