using System.Globalization;
using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Boot.Trying;
using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Methods;

/// <summary>
/// GRUB 2, BIOS or UEFI: allie.cfg, allie.env and one block of custom.cfg in its own directory. grub.cfg, grubenv and the distribution's default
/// are never touched.
/// </summary>
/// <param name="files">GRUB's directory.</param>
/// <param name="tryRefusal">See <see cref="GrubHome.WriteRefusal"/>.</param>
public sealed class GrubMethod(BootFiles files, string? tryRefusal) : IBootMethod
{
    public BootMethod Method => BootMethod.Grub;

    public BootFiles Files => files;

    /// <summary>The entries before what names them.</summary>
    public IReadOnlyList<string> TextFiles(string slot) => [AllieCfg.FileName, GrubEnv.FileName, CustomCfg.FileName];

    public string? TryRefusal => tryRefusal;

    private GrubEnv Env => GrubEnv.Parse(files.Read(GrubEnv.FileName) ?? "");

    private AllieCfg Entries => AllieCfg.Parse(files.Read(AllieCfg.FileName) ?? "");

    private GrubMenu Menu => GrubMenu.Parse(files.Read(GrubCfg.FileName) ?? "", files.Read("grubenv") ?? "");

    public MethodState State()
    {
        var env = Env;
        var tried = BootEntry.SlotOf(env[GrubEnv.Try]);
        _ = int.TryParse(env[GrubEnv.Tries], CultureInfo.InvariantCulture, out var left);
        return new(BootEntry.SlotOf(env[GrubEnv.Default]), left > 0 ? tried : null, left > 0 ? null : tried, ForgetsTries: false, left, CanaryWarning(env));
    }

    public bool Has(string slot) => Entries.Has(slot);

    public void Check()
    {
        var grub = files.Show(GrubCfg.FileName);
        if (!GrubCfg.SourcesCustom(files.Read(GrubCfg.FileName) ?? throw UserError.Refused($"there is no {grub}", "is [boot] grub in allie.toml right?")))
        {
            throw UserError.Refused(
                $"{grub} does not source custom.cfg, so no entry of ours would be seen",
                $"chmod +x /etc/grub.d/41_custom && grub-mkconfig -o {grub} (Fedora, SUSE: grub2-mkconfig)");
        }

        if (Menu.ChecksSignatures)
        {
            throw UserError.Refused($"{grub} checks signatures, and would not read our files", "use another [boot] method, or sign allie.cfg by hand and use --no-boot-entry");
        }
    }

    /// <summary>The entries first: custom.cfg then sources a file that is whole.</summary>
    public void Stage(BootEntry entry, ImageRoot slot)
    {
        if (files.Read(GrubEnv.FileName) is null)
        {
            Write(GrubEnv.Empty);
        }

        files.Put(AllieCfg.FileName, Format(Entries.With(entry)));
        files.Put(CustomCfg.FileName, CustomCfg.Block.Add(files.Read(CustomCfg.FileName)));
        files.Flush();
    }

    public void Remove(string slot)
    {
        var id = BootEntry.IdOf(slot);
        var env = Env;
        var without = env[GrubEnv.Try] == id ? WithoutTry(env) : env;
        without = without[GrubEnv.Default] == id ? without.With(GrubEnv.Default, "") : without;
        if (without != env)
        {
            Write(without);
        }

        var left = Entries.Without(slot);
        if (left.Entries.Count > 0)
        {
            files.Put(AllieCfg.FileName, Format(left));
        }
        else
        {
            files.Put(CustomCfg.FileName, CustomCfg.Block.Remove(files.Read(CustomCfg.FileName)));
            files.Put(AllieCfg.FileName, null);
            files.Put(GrubEnv.FileName, null);
        }

        files.Flush();
    }

    public void Arm(string slot, int tries)
    {
        // The menu may have changed since the entry was written: its index of the old default is looked up anew.
        files.Put(AllieCfg.FileName, Format(Entries));
        Write(Env.With(GrubEnv.Try, BootEntry.IdOf(slot)).With(GrubEnv.Tries, tries.ToString(CultureInfo.InvariantCulture)));
        files.Flush();
    }

    public void Disarm()
    {
        if (Env[GrubEnv.Try].Length > 0)
        {
            Write(WithoutTry(Env));
            files.Flush();
        }
    }

    public void MakeDefault(string? slot)
    {
        Write(WithoutTry(Env).With(GrubEnv.Default, slot is null ? "" : BootEntry.IdOf(slot)));
        files.Flush();
    }

    private static GrubEnv WithoutTry(GrubEnv env) => env.With(GrubEnv.Try, "").With(GrubEnv.Tries, "");

    /// <summary>GRUB writes 1 at each start; a PC that was started since and has no 1 cannot count tries.</summary>
    private void Write(GrubEnv env) => files.Put(GrubEnv.FileName, env.With(GrubEnv.Canary, "0").Format());

    private string? CanaryWarning(GrubEnv env) =>
        env[GrubEnv.Canary] == "0" && tryRefusal is null
        && File.GetLastWriteTimeUtc(files.Show(GrubEnv.FileName)) < DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64)
            ? "GRUB did not write to allie.env at the last start: a try would not be made (is its file system one that GRUB can write?)"
            : null;

    private string Format(AllieCfg cfg) => cfg.Format(Menu, tryRefusal is null);
}
