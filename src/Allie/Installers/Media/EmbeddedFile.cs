using Allie.Errors;
using Allie.Installers.Lint;

namespace Allie.Installers.Media;

/// <summary>Where an unattended-install file goes on the medium, and the words of the kernel line that name it there.</summary>
/// <param name="Empty">Files that must be beside it and may be empty.</param>
public sealed record EmbeddedFile(string Path, IReadOnlyList<string> Words, IReadOnlyList<string> Empty)
{
    /// <param name="release">Of a kickstart file; null: unknown, and a new one is meant.</param>
    /// <param name="volume">The medium's label.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static EmbeddedFile For(InstallerFileKind kind, InstallerRelease? release, string volume, InstallTarget? target, IReadOnlyList<string> keywords)
    {
        switch (kind)
        {
            case InstallerFileKind.Kickstart when volume.Length == 0:
                throw UserError.Refused("the ISO has no volume label, so its installer cannot find the kickstart file on it again", "serve the file: allie installer serve, and bootline");
            case InstallerFileKind.Kickstart:
                const string Ks = "/allie.ks";
                return new(Ks, BootLine.For((release ?? InstallerRelease.NewestFedora).ToString(), $"hd:LABEL={volume.Replace(" ", "\\x20")}:{Ks}", target, keywords).Words, []);
            case InstallerFileKind.Preseed:
                const string Cfg = "/allie.cfg";
                return new(Cfg, BootLine.Preseeded($"file=/cdrom{Cfg}", target, keywords).Words, []);
            default:
                const string Directory = "/allie/";
                return new(Directory + "user-data", BootLine.Autoinstalled($"ds=nocloud;s=/cdrom{Directory}", target, keywords).Words, [Directory + "meta-data"]);
        }
    }
}
