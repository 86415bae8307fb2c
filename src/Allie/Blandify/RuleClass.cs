namespace Allie.Blandify;

/// <summary>What a rule protects from.</summary>
public enum RuleClass
{
    /// <summary>What must differ on each machine.</summary>
    Identity,

    /// <summary>Disks and booting of one machine.</summary>
    Layout,

    /// <summary>Bound to devices of one machine.</summary>
    Hardware,

    /// <summary>Credentials.</summary>
    Secret,

    /// <summary>Size and privacy: logs, caches, histories.</summary>
    Hygiene,

    /// <summary>Only told.</summary>
    Report,
}
