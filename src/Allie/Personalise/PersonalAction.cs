namespace Allie.Personalise;

public enum PersonalAction
{
    /// <summary>A file, link or empty directory of a source, with its attributes.</summary>
    Copy,
    Write,

    /// <summary>A private key of a source, in the form that the image's OpenSSH reads.</summary>
    Convert,
    Link,
    Rename,
    Delete,

    /// <summary>An empty directory: 0755, root's.</summary>
    Directory,

    /// <summary>Host keys of a type that no source has.</summary>
    Generate,

    /// <summary>An initramfs, by a command of the image.</summary>
    Build,
}
