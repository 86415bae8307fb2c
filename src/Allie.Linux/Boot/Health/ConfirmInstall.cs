using System.Text;
using Allie.Boot;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Health;

/// <summary>
/// What makes a new image confirm itself, put into the slot by prep: so an image needs nothing for it, whatever its overlay has. The program is
/// a copy of the one that runs now.
/// </summary>
public static class ConfirmInstall
{
    /// <summary>Where the boot home is, for a start by somebody else's menu entry.</summary>
    public const string HomeNote = "var/lib/allie/boot-home";

    private const string Program = "var/lib/allie/allie";
    private const string Units = "etc/systemd/system";
    private const int Executable = 0x1ED;
    private const int Plain = 0x1A4;

    public static void Into(ImageRoot slot, BootHomeName? home)
    {
        slot.MakeDirectories(ImagePath.Of(Program).Parent, 0x1C0);
        Write(slot, Program, File.ReadAllBytes(OwnProgram.Path), Executable);
        Write(slot, "var/lib/allie/confirm.sh", Text("confirm.sh"), Executable);
        if (home is not null)
        {
            Write(slot, HomeNote, Encoding.UTF8.GetBytes(home.Argument + "\n"), Plain);
        }

        if (slot.TryStat(ImagePath.Of("etc/systemd")) is { IsDirectory: true })
        {
            Systemd(slot);
        }
        else if (slot.TryStat(ImagePath.Of("etc/cron.d")) is { IsDirectory: true })
        {
            Write(slot, "etc/cron.d/allie-confirm", Text("allie-confirm.cron"), Plain);
        }
    }

    private static void Systemd(ImageRoot slot)
    {
        Enable(slot, "allie-confirm.service", "multi-user.target.wants");
        Enable(slot, "allie-deadline.timer", "timers.target.wants");
        Write(slot, $"{Units}/allie-deadline.service", Text("allie-deadline.service"), Plain);
        Write(slot, "etc/systemd/system.conf.d/50-allie.conf", Text("50-allie.conf"), Plain);
    }

    private static void Enable(ImageRoot slot, string unit, string target)
    {
        Write(slot, $"{Units}/{unit}", Text(unit), Plain);
        slot.PlaceLink(ImagePath.Of($"{Units}/{target}/{unit}"), $"/{Units}/{unit}");
    }

    private static void Write(ImageRoot slot, string path, byte[] content, int permissions) => slot.PlaceFile(ImagePath.Of(path), content, permissions);

    private static byte[] Text(string name)
    {
        using var resource = typeof(ConfirmInstall).Assembly.GetManifestResourceStream("confirm/" + name) ?? throw new InvalidOperationException("no resource " + name);
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
