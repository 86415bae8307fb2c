namespace Allie.Blandify;

/// <summary>What a rule does when nobody has switched it.</summary>
public enum RuleDefault
{
    On,

    /// <summary>Off until it is asked for by name.</summary>
    Optional,

    /// <summary>It names what it finds; asked for by name, it also takes it out.</summary>
    Warn,

    /// <summary>Not to be had: listed so that people see it was left out on purpose.</summary>
    Never,
}
