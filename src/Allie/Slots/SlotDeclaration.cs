namespace Allie.Slots;

/// <summary>How a partition came to be a slot; a slot is never guessed.</summary>
public enum SlotDeclaration
{
    /// <summary>It is none: a device that was named on the command line.</summary>
    None,

    /// <summary>By its GPT partition name, allie-NAME.</summary>
    PartitionName,

    /// <summary>By PARTUUID in allie.toml.</summary>
    Settings,
}
