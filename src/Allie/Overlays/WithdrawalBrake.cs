namespace Allie.Overlays;

/// <summary>A server whose disk is not mounted looks like one where everything was withdrawn; so a large withdrawal needs a person's word.</summary>
public static class WithdrawalBrake
{
    public const int MostPaths = 50;
    public const int MostPercent = 25;
    public const int FewPaths = 10;

    /// <summary>More than 50 paths, or more than 25 % of the managed ones and more than 10.</summary>
    public static bool Holds(int withdrawn, int managed) =>
        withdrawn > MostPaths || (withdrawn > FewPaths && withdrawn * 100L > managed * (long)MostPercent);
}
