using System.Text.RegularExpressions;

namespace Allie.Slots;

/// <summary>A slot's name: the NAME of a GPT partition called allie-NAME, or of [slots.NAME] in allie.toml. It goes into file names and boot entries.</summary>
public static partial class SlotName
{
    private const string Prefix = "allie-";

    /// <summary>"allie-boot" is the advised name of a boot partition, which is no slot.</summary>
    private const string BootPartition = "boot";

    public static bool IsValid(string name) => name != BootPartition && Rule().IsMatch(name);

    /// <summary>"b" for "allie-b"; null for a partition name that declares no slot.</summary>
    public static string? OfPartition(string partitionName) =>
        partitionName.StartsWith(Prefix, StringComparison.Ordinal) && IsValid(partitionName[Prefix.Length..]) ? partitionName[Prefix.Length..] : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,15}$")]
    private static partial Regex Rule();
}
