using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>Which partition an installer is to use: PARTLABEL=allie-b, PARTUUID=..., LABEL=... as it stands on the kernel line.</summary>
public sealed partial record InstallTarget(string Kind, string Value)
{
    /// <exception cref="UserError">Exit 2.</exception>
    public static InstallTarget Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw UserError.Refused($"'{text}' names no partition", "PARTLABEL=allie-b (a slot's name in the partition table), PARTUUID=..., or LABEL=...");
        }

        var (kind, value) = (match.Groups[1].Value, match.Groups[2].Value);
        return kind switch
        {
            "PARTLABEL" when Slots.SlotName.OfPartition(value) is null =>
                throw UserError.Refused($"{text} is no slot", "a slot's partition is named allie-NAME: sfdisk --part-label DISK NUMBER allie-b"),
            "PARTUUID" when !Guid.TryParseExact(value, "D", out _) =>
                throw UserError.Refused($"'{value}' is no identity of a GPT partition", "sfdisk --part-uuid DISK NUMBER says it; on a disk without GPT there is no slot"),
            "PARTUUID" => new(kind, value.ToLowerInvariant()), // as the installer's blkid prints it; sfdisk says it in capitals
            _ => new(kind, value),
        };
    }

    public override string ToString() => $"{Kind}={Value}";

    /// <summary>No blanks and no quotes: it is one word of a kernel line and stands in a script.</summary>
    [GeneratedRegex("^(PARTLABEL|PARTUUID|LABEL)=([A-Za-z0-9._~-]{1,72})$")]
    private static partial Regex Form();
}
