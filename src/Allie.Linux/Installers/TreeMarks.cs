using System.Text;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Installers;

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

    internal static void Write(ImageRoot root, string path, string text, int permissions = 0x1A4)
    {
        var file = ImagePath.Of(path);
        root.MakeDirectories(file.Parent, 0x1ED);
        root.WriteFile(file, Encoding.UTF8.GetBytes(text), FileMetadata.Root(permissions, ImageRoot.Now));
    }
}
