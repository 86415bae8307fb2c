using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Methods;

/// <summary>EXTLINUX: an INCLUDE line in extlinux.conf, our labels in allie.cfg, kernels beside them; `extlinux --once` for the try.</summary>
/// <param name="files">The directory of extlinux.conf.</param>
/// <param name="pathOnDisk">The same directory in its file system, with a leading slash: the loader's view.</param>
/// <param name="runner">Runs extlinux.</param>
public sealed class ExtlinuxMethod(BootFiles files, string pathOnDisk, IRunner runner) : IBootMethod
{
    public const string ConfName = "extlinux.conf";

    public BootMethod Method => BootMethod.Extlinux;

    public BootFiles Files => files;

    public string? TryRefusal => null;

    public IReadOnlyList<string> TextFiles(string slot) => [ExtlinuxCfg.FileName, ConfName];

    public string? KernelDirectory(string slot) => BootEntry.IdOf(slot);

    private ExtlinuxCfg Labels => ExtlinuxCfg.Parse(files.Read(ExtlinuxCfg.FileName) ?? "");

    private string? Before => ExtlinuxCfg.DefaultOf(files.Read(ConfName) ?? "");

    /// <summary>What --once has set is in the loader's own sectors and not read back.</summary>
    public MethodState State() => new(Labels.Default);

    public bool Has(string slot) => Labels.Has(slot);

    public void Check()
    {
        if (files.Read(ConfName) is null)
        {
            throw UserError.Refused($"there is no {files.Show(ConfName)}", "is EXTLINUX this PC's boot loader?");
        }

        runner.RunChecked(new Command("extlinux", "--version"), "install extlinux: it sets the try");
    }

    public void Stage(BootEntry entry, ImageRoot slot)
    {
        KernelCopy.Make(files, entry.Id, entry, slot);
        var directory = $"{pathOnDisk.TrimEnd('/')}/{entry.Id}";
        files.Put(ExtlinuxCfg.FileName, Labels.With(entry with { Kernel = $"{directory}/{KernelCopy.Kernel}", Initrd = $"{directory}/{KernelCopy.Initrd}" }).Format(Before));
        files.Put(ConfName, ExtlinuxCfg.Include.Add(files.Read(ConfName)));
        files.Flush();
    }

    public void Remove(string slot)
    {
        Disarm();
        var left = Labels.Without(slot);
        if (left.Labels.Count > 0)
        {
            files.Put(ExtlinuxCfg.FileName, left.Format(Before));
        }
        else
        {
            files.Put(ConfName, ExtlinuxCfg.Include.Remove(files.Read(ConfName)));
            files.Put(ExtlinuxCfg.FileName, null);
        }

        files.RemoveDirectory(BootEntry.IdOf(slot));
        files.Flush();
    }

    public void Arm(string slot, int tries)
    {
        Once(BootEntry.IdOf(slot));
        files.Flush();
    }

    public void Disarm() => Once("");

    public void MakeDefault(string? slot)
    {
        files.Put(ExtlinuxCfg.FileName, files.Read(ExtlinuxCfg.FileName) is null ? null : (Labels with { Default = slot }).Format(Before));
        Disarm();
        files.Flush();
    }

    private void Once(string label)
    {
        files.Crash.BeforeChange();
        runner.RunChecked(label.Length > 0 ? new Command("extlinux", "--once=" + label, files.Path) : new Command("extlinux", "--clear-once", files.Path));
    }
}
