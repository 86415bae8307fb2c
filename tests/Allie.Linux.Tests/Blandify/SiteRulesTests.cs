using Allie.Blandify;
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
        _temp.Write("10-a.toml", "on = [\"crontabs\", \"snapd\"]\noff = [\"logs\", \"caches\"]\n[rule.agent]\ndelete = [\"etc/agent\"]\n");
        _temp.Write("20-b.toml", "on = [\"logs\"]\noff = [\"snapd\"]\n");
        _temp.Write("readme.txt", "not = read");

        var options = SiteRules.Add(new RuleOptions("f42") { With = new HashSet<string> { "caches" }, Without = new HashSet<string> { "crontabs" } }, _temp.Path);

        Assert.Equal(["agent"], options.Added.Select(r => r.Op));
        Assert.Equal(["caches", "logs"], options.With.Order());
        Assert.Equal(["crontabs", "snapd"], options.Without.Order());
    }

    [Fact]
    public void A_mistake_names_the_file()
    {
        _temp.Write("x.toml", "[rule.a]\nnonsense = 1\n");

        Assert.Contains(_temp.At("x.toml") + "(2,1)", Assert.Throws<UserError>(() => SiteRules.Add(new RuleOptions("f42"), _temp.Path)).Message);
    }

    [Fact]
    public void Without_the_directory_nothing_is_added() => Assert.Empty(SiteRules.Add(new RuleOptions("f42"), _temp.At("none")).Added);
}
