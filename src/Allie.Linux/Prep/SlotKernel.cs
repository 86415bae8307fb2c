using Allie.Boot;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Prep;

/// <summary>The kernel a slot starts with, found in the slot itself.</summary>
/// <param name="Kernel">Absolute, in the slot.</param>
/// <param name="Initrd">Absolute, in the slot.</param>
/// <param name="Arguments">The image's own /etc/kernel/cmdline.</param>
public sealed record SlotKernel(string Kernel, string Initrd, string Arguments)
{
    private const int MostLinks = 20;

    /// <exception cref="UserError">Nothing there that could be started.</exception>
    public static SlotKernel Find(ImageRoot root, string image)
    {
        var boot = ImagePath.Of("boot");
        var names = root.TryStat(boot) is { IsDirectory: true } ? root.List(boot) : [];
        var pair = KernelPair.All([.. names]).FirstOrDefault(p => IsKernel(root, boot.Join(p.Kernel)) && IsFilled(root, boot.Join(p.Initrd)))
            ?? throw new UserError(
                $"image {image} cannot be started: its /boot has no kernel with an initrd of the same version",
                "add a kernel package and its initrd to the image, publish it, and run the command again");
        RequireInit(root, image);
        return new($"/boot/{pair.Kernel}", $"/boot/{pair.Initrd}", root.TryReadText(ImagePath.Of("etc/kernel/cmdline")) ?? "");
    }

    private static bool IsKernel(ImageRoot root, ImagePath path)
    {
        if (!IsFilled(root, path))
        {
            return false;
        }

        using var file = root.OpenRead(path);
        var head = new byte[BzImage.HeadBytes];
        return BzImage.IsKernel(head.AsSpan(0, file.ReadAtLeast(head, head.Length, false)));
    }

    private static bool IsFilled(ImageRoot root, ImagePath path) => root.TryStat(path) is { IsRegular: true, Size: > 0 };

    private static void RequireInit(ImageRoot root, string image)
    {
        var at = ImagePath.Of("sbin/init");
        for (var links = 0; links < MostLinks && root.TryStat(at) is { } facts; links++)
        {
            if (facts.IsRegular)
            {
                return;
            }

            at = facts.IsSymlink ? Follow(root.RealPath(at), root.ReadLink(at)) : throw None(image);
        }

        throw None(image);
    }

    private static UserError None(string image) =>
        new($"image {image} cannot be started: it has no /sbin/init", "add an init (on Debian: systemd-sysv) to the image, publish it, and run the command again");

    /// <summary>The link's target inside the image; climbing above its top stays there, as for the kernel. Real: no symlink above it.</summary>
    private static ImagePath Follow(ImagePath real, string target)
    {
        var parts = target.StartsWith('/') ? [] : real.Parent.Components.ToList();
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return ImagePath.FromRaw(string.Join('/', parts));
    }
}
