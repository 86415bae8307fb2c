using Allie.Errors;
using Allie.Images.Offer;
using Xunit;

namespace Allie.Tests.Images.Offer;

public class OfferRefusalTests
{
    private static readonly DeviceUse Spare = new("/dev/sda3", true, false, false, null, "ext4", false);

    [Fact]
    public void A_quiet_partition_with_a_file_system_may_be_offered() => OfferRefusal.Check(Spare);

    public static TheoryData<DeviceUse> InUse =>
    [
        Spare with { IsBlockDevice = false },
        Spare with { IsRunningRoot = true },
        Spare with { IsSwap = true },
        Spare with { WritableMount = "/mnt" },
        Spare with { Type = "" },
        Spare with { Type = "LVM2_member" },
        Spare with { NeedsRecovery = true },
    ];

    [Theory]
    [MemberData(nameof(InUse))]
    public void One_in_use_is_refused_with_the_reason_and_what_to_do(DeviceUse use)
    {
        var error = Assert.Throws<UserError>(() => OfferRefusal.Check(use));

        Assert.Equal(ExitCode.Refused, error.ExitCode);
        Assert.NotNull(error.Hint);
    }

    [Theory]
    [InlineData(false, true, "no etc")]
    [InlineData(true, false, "no usr")]
    [InlineData(false, false, "no etc and no usr")]
    public void What_holds_no_system_is_refused(bool hasEtc, bool hasUsr, string said) =>
        Assert.Contains(said, Assert.Throws<UserError>(() => OfferRefusal.CheckTree("/dev/sda3", hasEtc, hasUsr)).Message);
}
