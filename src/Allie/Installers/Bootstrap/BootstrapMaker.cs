namespace Allie.Installers.Bootstrap;

/// <summary>The program that a tree is made with.</summary>
public enum BootstrapMaker
{
    Mmdebstrap,
    Debootstrap,
    Dnf,
    Oci,
}
