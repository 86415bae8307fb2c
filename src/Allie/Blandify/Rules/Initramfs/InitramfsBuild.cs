using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Rules.Initramfs;

/// <summary>How an image's own tool makes one of its initramfs anew, for any PC. Only decided here: what runs it is a PC that the image has come to.</summary>
public static partial class InitramfsBuild
{
    private static readonly string[] DracutPlaces = ["usr/bin/dracut", "usr/sbin/dracut", "sbin/dracut"];

    // dracut 004 (EL 6) makes it for any PC when it is told nothing; the second came with 030.
    private static readonly string[] ForAnyPc = ["--no-hostonly", "--no-hostonly-cmdline"];

    /// <summary>The command, in the image; null where none is known, or the kernel's modules are not there.</summary>
    public static IReadOnlyList<string>? Words(ITreeView tree, ImagePath path)
    {
        if (!InitramfsMark.IsPlace(path) || VersionOf(tree, path) is not { } version)
        {
            return null;
        }

        var file = "/" + path.Raw;
        if (path.Raw == "boot/initrd.img-" + version && Program(tree, "usr/sbin/update-initramfs")?.Contains("mkinitramfs") == true)
        {
            return ["update-initramfs", "-c", "-t", "-k", version]; // -t: older ones leave an initramfs alone that they did not make
        }

        if (DracutPlaces.Select(p => Program(tree, p)).FirstOrDefault(p => p is not null) is { } dracut)
        {
            return ["dracut", "--force", .. ForAnyPc.Where(o => Regex.IsMatch(dracut, Regex.Escape(o[2..]) + @"(?![\w-])")), file, version];
        }

        return tree.Find(ImagePath.Of("usr/bin/mkinitcpio")) is not null ? ["mkinitcpio", "--skiphooks", "autodetect", "--kernel", version, "--generate", file] : null;
    }

    /// <summary>Of the kernel that it is for, whose modules the image has.</summary>
    private static string? VersionOf(ITreeView tree, ImagePath path)
    {
        var version = path.Name == "initrd" ? path.Parent.Name : Name().Match(path.Name).Groups[1].Value;
        return Modules(tree, version) is not null ? version
            : tree.Names(ImagePath.Of("usr/lib/modules")).FirstOrDefault(v => tree.Text(ImagePath.Of("usr/lib/modules").Join(v).Join("pkgbase"))?.Trim() == version); // Arch: by package
    }

    private static FileFacts? Modules(ITreeView tree, string version) =>
        new[] { "usr/lib/modules", "lib/modules" }.Select(d => tree.Find(ImagePath.Of(d).Join(version))).FirstOrDefault(f => f is { IsDirectory: true });

    private static string? Program(ITreeView tree, string path) => tree.Follow(ImagePath.Of(path)) is { } file ? tree.Text(file) : null;

    [GeneratedRegex(@"^(?:initramfs-|initrd\.img-|initrd-)(.+?)(?:\.img)?\z")]
    private static partial Regex Name();
}
