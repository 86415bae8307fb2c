using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Boot;

/// <summary>Two cells of the boot tests: GRUB on UEFI keeps a healthy image, kexec shows an unconfirmed one coming back. `./build.sh boot-tests` has all.</summary>
public class RealBootTests
{
    [Theory]
    [InlineData("grub-uefi", "healthy")]
    [InlineData("kexec", "silent")]
    public void A_pc_that_is_really_started_does_what_it_should(string method, string what)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

        var (exitCode, output, errors) = Binary.Run(Path.Combine(Binary.Repository, "tests/boot/cell.sh"), [method, what]);

        Assert.True(exitCode == 0, output + errors);
        Assert.StartsWith($"ok      {method} {what}: base b", output, StringComparison.Ordinal);
    }
}
