using Allie.Errors;
using Allie.Installers.Media;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>
/// A copy of an installer's ISO image with a file in it and words on the lines of its boot menus. xorriso keeps all that lets BIOS and UEFI start
/// it, from a disc and from a stick. Nothing is mounted; no root is needed.
/// </summary>
public sealed class IsoRemaster : IDisposable
{
    private const string EfiMenu = "::/EFI/BOOT/grub.cfg", EfiType = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);
    private readonly IRunner _runner;
    private readonly string _iso;
    private readonly string _work = Directory.CreateTempSubdirectory("allie-usb-").FullName;
    private readonly List<string> _extra = [];
    private readonly List<(string File, string Path)> _files = [];

    /// <exception cref="UserError">xorriso is not here, or the file is no ISO image.</exception>
    public IsoRemaster(IRunner runner, string iso)
    {
        (_runner, _iso) = (runner, Path.GetFullPath(iso));
        try
        {
            Facts = Look(_iso);
            if (Facts.BootImages == 0)
            {
                throw UserError.Refused($"{_iso} is no ISO image that a PC starts from", "an installer's ISO image, whole");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IsoFacts Facts { get; }

    /// <summary>What it holds; null: it does not say, or nothing that we know.</summary>
    public MediumSystem? Holds()
    {
        if (Facts.Told is not { } path)
        {
            return null;
        }

        var copy = Path.Combine(_work, "told");
        Xorriso("-osirrox", "on", "-indev", _iso, "-extract", path, copy);
        return MediumSystem.Of(path, File.ReadAllText(copy));
    }

    public void Dispose() => TreeRemover.Remove(_work);

    /// <summary>What is to be on the copy; each menu that gets other lines, with their number.</summary>
    /// <exception cref="UserError">Exit 2: no line of any menu starts an installer.</exception>
    public IReadOnlyList<(string Menu, int Lines)> Prepare(string file, EmbeddedFile embedded)
    {
        Add(File.ReadAllBytes(file), embedded.Path);
        foreach (var empty in embedded.Empty)
        {
            Add([], empty);
        }

        var changed = new List<(string, int)>();
        for (var i = 0; i < Facts.Menus.Count; i++)
        {
            var copy = Path.Combine(_work, $"menu{i}");
            Xorriso("-osirrox", "on", "-indev", _iso, "-extract", Facts.Menus[i], copy);
            if (Edit(copy, embedded.Words) is var lines and > 0)
            {
                _files.Add((copy, Facts.Menus[i]));
                changed.Add((Facts.Menus[i], lines));
            }
        }

        if (Facts.Efi is { } efi && EfiMenuLines(efi, embedded.Words) is var inside and > 0)
        {
            changed.Add(((efi.Path ?? "the EFI system partition") + EfiMenu[1..], inside));
        }

        return changed.Count > 0
            ? changed
            : throw UserError.Refused($"no boot menu of {_iso} has a line that starts an installer", "is it an installer's medium, and not remastered for this file already? Another way: allie installer bootline");
    }

    /// <summary>Whole or not there at all: what went in is read back before the copy gets its name.</summary>
    public void Write(string output)
    {
        var unfinished = output + ".part";
        try
        {
            File.Delete(unfinished);
            Xorriso([
                "-indev", _iso, "-outdev", "stdio:" + unfinished, "-boot_image", "any", "replay",
                .. _files.SelectMany(f => new[] { "-map", f.File, f.Path }), .. _extra, "-commit",
            ]);
            Verify(unfinished);
            File.Move(unfinished, output);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private void Verify(string made)
    {
        if (Look(made) is var now && (now.BootImages != Facts.BootImages || now.Volume != Facts.Volume))
        {
            throw new UserError($"the copy of {_iso} has {now.BootImages} boot images and the label '{now.Volume}', not {Facts.BootImages} and '{Facts.Volume}'", "this xorriso cannot copy it; another way: allie installer bootline");
        }

        var back = Path.Combine(_work, "back");
        foreach (var (file, path) in _files)
        {
            Xorriso("-osirrox", "on", "-indev", made, "-extract", path, back);
            if (!File.ReadAllBytes(back).AsSpan().SequenceEqual(File.ReadAllBytes(file)))
            {
                throw new UserError($"{path} is not what was written into the copy of {_iso}", "is the disk full, or failing? Try again");
            }

            File.Delete(back);
        }
    }

    /// <summary>Fedora's and EL's UEFI reads the menu inside the FAT image, not the one beside it.</summary>
    private int EfiMenuLines(EfiImage efi, IReadOnlyList<string> words)
    {
        var (image, menu) = (Path.Combine(_work, "efi.img"), Path.Combine(_work, "efi-menu"));
        if (efi.Path is { } path)
        {
            Xorriso("-osirrox", "on", "-indev", _iso, "-extract", path, image);
            File.SetUnixFileMode(image, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        else
        {
            Part(efi, image);
        }

        if (!_runner.Run(Mtool("mcopy", "-n", "-i", image, EfiMenu, menu)).Ok || Edit(menu, words) is not (var lines and > 0))
        {
            return 0; // Debian's and Ubuntu's only points to the one beside it
        }

        _runner.RunChecked(Mtool("mcopy", "-o", "-i", image, menu, EfiMenu), "is the EFI system partition of the ISO full?");
        if (efi.Path is null)
        {
            _extra.AddRange(["-append_partition", "2", EfiType, image]);
        }
        else
        {
            _files.Add((image, efi.Path));
        }

        return lines;
    }

    private void Part(EfiImage efi, string file)
    {
        using var from = File.OpenRead(_iso);
        using var to = File.Create(file);
        from.Position = efi.Start;
        var buffer = new byte[1 << 20];
        for (var left = efi.Length; left > 0;)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                throw new UserError($"{_iso} ends before its EFI system partition does", "is the file whole? Fetch it again");
            }

            to.Write(buffer, 0, read);
            left -= read;
        }
    }

    private static int Edit(string file, IReadOnlyList<string> words)
    {
        var (text, changed) = MediumMenu.Add(File.ReadAllText(file, System.Text.Encoding.Latin1), words);
        if (changed > 0)
        {
            File.Delete(file); // as it was extracted it may be read-only
            File.WriteAllText(file, text, System.Text.Encoding.Latin1);
        }

        return changed;
    }

    private void Add(byte[] content, string path)
    {
        var copy = Path.Combine(_work, $"file{_files.Count}");
        File.WriteAllBytes(copy, content);
        _files.Add((copy, path));
    }

    private IsoFacts Look(string iso) => IsoFacts.Parse(Xorriso("-indev", iso, "-pvd_info", "-report_el_torito", "plain", "-find", "/", "-type", "f").Output);

    private Outcome Xorriso(params string[] arguments) =>
        _runner.RunChecked(new Command("xorriso", ["-abort_on", "FAILURE", "-return_with", "FAILURE", "32", .. arguments]) { Limit = Limit }, "an installer's ISO image, whole; xorriso must be installed");

    private static Command Mtool(string program, params string[] arguments) =>
        new(program, arguments) { Environment = new Dictionary<string, string?> { ["MTOOLS_SKIP_CHECK"] = "1" } };
}
