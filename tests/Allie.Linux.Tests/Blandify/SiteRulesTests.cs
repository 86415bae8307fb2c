using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Rules.Network;
using Allie.Errors;
using Allie.Linux.Blandify;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

public sealed class SiteRulesTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_later_file_is_stronger_and_the_command_line_the_strongest()
    {
        _temp.Write("10-a.toml", "on = [\"crontabs\", \"snapd\"]\noff = [\"logs\", \"caches\"]\nstatic = \"keep\"\nswap-label = \"s\"\n[rule.agent]\ndelete = [\"etc/agent\"]\n");
        _temp.Write("20-b.toml", "on = [\"logs\"]\noff = [\"snapd\"]\nswap-label = \"t\"\nkeep-mounts = [\"/scratch=LABEL=scratch\"]\ninitramfs = \"generic\"\n");
        _temp.Write("readme.txt", "not = read");

        var options = SiteRules.Options("f42", _temp.Path).Switched(["caches"], ["crontabs"]);

        Assert.Equal(["agent"], options.Added.Select(r => r.Op));
        Assert.Equal(["caches", "logs"], options.With.Order());
        Assert.Equal(["crontabs", "snapd"], options.Without.Order());
        Assert.Equal(("t", StaticNetwork.Keep, InitramfsCure.Generic), (options.SwapLabel, options.StaticNetwork, options.Initramfs));
        Assert.Equal("LABEL=scratch", options.KeptMounts["/scratch"]);
    }

    [Theory]
    [InlineData("[rule.a]\nnonsense = 1\n", "(2,1)")]
    [InlineData("swap-label = \"a b\"\n", "(1,1)")]
    [InlineData("static = \"maybe\"\n", "(1,1)")]
    [InlineData("\nkeep-mounts = [\"scratch\"]\n", "(2,1)")]
    public void A_mistake_names_the_file_and_the_place(string text, string place)
    {
        _temp.Write("x.toml", text);

        Assert.Contains(_temp.At("x.toml") + place, Assert.Throws<UserError>(() => SiteRules.Options("f42", _temp.Path)).Message);
    }

    [Fact]
    public void Without_the_directory_nothing_is_added() => Assert.Empty(SiteRules.Options("f42", _temp.At("none")).Added);
}
