namespace Allie.Blandify.Rules.Initramfs;

/// <summary>What to do about an initramfs that was made for one PC. Nothing of the image is ever run by blandify.</summary>
public enum InitramfsCure
{
    /// <summary>Say it.</summary>
    Warn,

    /// <summary>Mark it, so that prep makes it anew for any PC, on each PC; later ones are built as the distribution does.</summary>
    Rebuild,

    /// <summary>The same, and write configuration, so that every one built from now on is for any PC.</summary>
    Generic,
}
