using Allie.Config;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Fleet;

public sealed class StoreSetupTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_store_is_made_private_once_and_then_left_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: the store belongs to root");
        var setup = Setup();
        setup.Carry(setup.Plan());
        File.WriteAllText(_temp.At("store/hosts"), "pc1\n");

        Assert.Equal("700 755 700", Shell.Run("stat -c %a store store/overlays/all store/images/.work | xargs", _temp.Path));
        Assert.True(setup.Plan().IsEmpty);
        Assert.Equal("pc1\n", File.ReadAllText(_temp.At("store/hosts")));
    }

    [Fact]
    public void A_store_that_others_can_look_into_is_closed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: the store belongs to root");
        Directory.CreateDirectory(_temp.At("store"), (UnixFileMode)0x1ED);

        var setup = Setup();
        setup.Carry(setup.Plan());

        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(_temp.At("store")));
    }

    [Fact]
    public void A_file_where_a_directory_should_be_is_refused()
    {
        _temp.Write("store", "x");

        Assert.Equal(ExitCode.Refused, Assert.Throws<UserError>(() => Setup().Plan()).ExitCode);
    }

    private StoreSetup Setup() => new(ServerSettings.Parse($"store = \"{_temp.At("store")}\"\n", "server.toml"), null);
}
