using Allie.Boot;
using Allie.Boot.Efi;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Methods;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;

namespace Allie.Linux.Tests.Boot;

/// <summary>A boot home of each method in plain directories, with what an installation leaves there, and a slot to start.</summary>
public sealed class BootFixture : IDisposable
{
    private readonly TempDirectory _top = new();
    private readonly BootMethod _method;

    public BootFixture(BootMethod method)
    {
        _method = method;
        _top.Write("slot/boot/vmlinuz-6.1", "kernel");
        _top.Write("slot/boot/initrd.img-6.1", "initrd");
        _top.Write("home/grub.cfg", "set default=\"0\"\nmenuentry 'base' --id base {\n}\nsource $prefix/custom.cfg\n");
        _top.Write("home/grubenv", "# GRUB Environment Block\nsaved_entry=x\n####");
        _top.Write("home/custom.cfg", "# the administrator's\nset color=1");
        _top.Write("home/extlinux.conf", "DEFAULT base\nLABEL base\n  LINUX /k");
        _top.Write("home/loader/loader.conf", "default base.conf\n");
        _top.Write("home/loader/entries/base.conf", "title base\n");
        _top.Write("home/EFI/BOOT/BOOTX64.EFI", "x");
        _top.Write("proc/cmdline", "root=UUID=1 ro\n");
        _top.Write("proc/sys/kernel/random/boot_id", "boot-1\n");
        Directory.CreateDirectory(_top.At("efi"));
        File.WriteAllBytes(_top.At("efi/" + EfiVariable.BootOrder), EfiVariable.OfNumbers([3, 1]));
        File.WriteAllBytes(_top.At("efi/" + EfiVariable.Default), EfiVariable.OfText("base.conf"));
        Entry = new("b", BootEntry.TitleOf("deb13", 2, "b"), "99999999-8888-8a11-8666-555555555555", "/boot/vmlinuz-6.1", "/boot/initrd.img-6.1", ["ro", "allie.slot=b"]);
    }

    public BootEntry Entry { get; }

    public string Home => _top.At("home");

    public BootLook Look => new(Allie.Config.PcSettings.Parse("", ""), _top.Path);

    /// <summary>As after the PC was started anew, by this kernel line.</summary>
    public void StartAnew(string line)
    {
        _top.Write("proc/cmdline", line + "\n");
        _top.Write("proc/sys/kernel/random/boot_id", "boot-" + Convert.ToHexStringLower(Native.RandomBytes.Read(4)));
    }

    public ImageRoot OpenSlot() => ImageRoot.Open(_top.At("slot"));

    /// <param name="crashAt">The change before which the run ends; 0 for none.</param>
    public IBootMethod Open(int crashAt = 0)
    {
        var crash = new BootCrash(crashAt == 0 ? "" : $"boot:{crashAt}", () => throw new PowerCutException());
        var files = new BootFiles(Home, _ => { }, crash);
        var efi = new EfiVariables(_top.At("efi"), crash);
        return _method switch
        {
            BootMethod.Grub => new GrubMethod(files, null),
            BootMethod.SystemdBoot => new SystemdBootMethod(files, efi),
            BootMethod.BootNext => new BootNextMethod(files, efi, new("sda1", "/dev/sda1", "00112233-4455-6677-8899-aabbccddeeff", "", 1, 2048, 4096)),
            _ => new ExtlinuxMethod(files, "/boot/extlinux", new OnceTool(_top.At("home/ldlinux.adv"))),
        };
    }

    /// <summary>Every file and variable with its bytes.</summary>
    public SortedDictionary<string, string> Everything() => new(
        new[] { "home", "efi" }.SelectMany(d => Directory.EnumerateFiles(_top.At(d), "*", SearchOption.AllDirectories))
            .ToDictionary(f => Path.GetRelativePath(_top.Path, f), f => Convert.ToHexString(File.ReadAllBytes(f))), StringComparer.Ordinal);

    public void Restore(IReadOnlyDictionary<string, string> all)
    {
        foreach (var file in Everything().Keys.Except(all.Keys))
        {
            File.Delete(_top.At(file));
        }

        foreach (var (file, bytes) in all)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_top.At(file))!);
            File.WriteAllBytes(_top.At(file), Convert.FromHexString(bytes));
        }
    }

    public void Dispose() => _top.Dispose();

    /// <summary>Stands for extlinux(1): one whole file instead of the loader's own sectors.</summary>
    private sealed class OnceTool(string file) : IRunner
    {
        public Outcome Run(Command command)
        {
            var once = command.Arguments.FirstOrDefault(a => a.StartsWith("--once=", StringComparison.Ordinal));
            if (once is not null)
            {
                File.WriteAllText(file, once);
            }
            else if (command.Arguments.Contains("--clear-once"))
            {
                File.Delete(file);
            }

            return new("extlinux", 0, "", []);
        }
    }
}

public sealed class PowerCutException : Exception;
