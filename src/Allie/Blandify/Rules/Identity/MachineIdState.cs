namespace Allie.Blandify.Rules.Identity;

/// <summary>What an image has in the place of a machine-id.</summary>
public enum MachineIdState
{
    /// <summary>An existing, empty file: works on a root mounted read-only, and is no first boot.</summary>
    Empty,

    /// <summary>The word "uninitialized" (systemd 247 and later): the next start counts as the first one, with all that units do then.</summary>
    Uninitialized,

    /// <summary>The captured PC's own; the search for leaks names it.</summary>
    Keep,
}
