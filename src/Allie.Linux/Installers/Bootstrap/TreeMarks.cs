using System.Text;
using Allie.Files;
using Allie.Installers.Bootstrap;
using Allie.Linux.Blandify;
using Allie.Linux.Files;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>The few files that a bootstrapped tree has from us.</summary>
internal static class TreeMarks
{
    /// <summary>What mmdebstrap's hook does: any PC's drivers, and no resume from the swap of the machine that builds.</summary>
    internal static void BeforeKernel(ImageRoot root, string fstab)
    {
        Write(root, "etc/initramfs-tools/conf.d/allie", "MODULES=most\nRESUME=none\n");
        Fstab(root, fstab);
    }

    /// <summary>The root line, unless one is there: an OCI image and dnf bring none.</summary>
    internal static void Fstab(ImageRoot root, string line)
    {
        var text = root.TryReadText(ImagePath.Of("etc/fstab")) ?? "";
        if (!text.Split('\n').Any(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('#')))
        {
            Write(root, "etc/fstab", line + "\n");
        }
    }

    /// <returns>True when something was switched on.</returns>
    internal static bool Network(ImageRoot root)
    {
        if (NetworkStart.For(new ImageTreeView(root)) is not { } start)
        {
            return false;
        }

        foreach (var (path, target) in start.Links)
        {
            root.PlaceLink(path, target);
        }

        foreach (var (path, text, permissions) in start.Files)
        {
            root.PlaceFile(path, Encoding.UTF8.GetBytes(text), permissions);
        }

        return true;
    }

    internal static void Write(ImageRoot root, string path, string text, int permissions = 0x1A4) => root.PlaceFile(ImagePath.Of(path), Encoding.UTF8.GetBytes(text), permissions);
}
