namespace Allie.Overlays;

public enum OverlayAction
{
    /// <summary>Put the layer's file there.</summary>
    Install,

    /// <summary>What is wanted is there already: take note, write nothing to the image.</summary>
    Adopt,

    /// <summary>Take away what a .wh. names, or our own file where nothing was before.</summary>
    Remove,

    /// <summary>Give back what was there before us.</summary>
    Restore,

    MakeDirectory,

    /// <summary>Mode and owner of a directory that exists (.allie-dir).</summary>
    SetMetadata,

    RemoveDirectory,

    /// <summary>Withdrawn, but somebody changed it since: theirs now.</summary>
    Left,

    /// <summary>Withdrawn, and the image is already as it was: forget our notes.</summary>
    Forget,
}
