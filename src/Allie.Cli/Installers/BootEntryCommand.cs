using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Linux.Installers;
using Allie.Plans;

namespace Allie.Cli.Installers;

/// <summary>Step 2 with no stick: an entry in this PC's GRUB menu that boots the installer.</summary>
internal static class BootEntryCommand
{
    private static readonly Option<string?> Kernel = new("--kernel") { Description = "The installer's kernel (vmlinuz, linux)", HelpName = "FILE" };
    private static readonly Option<string?> Initrd = new("--initrd") { Description = "The installer's initrd", HelpName = "FILE" };
    private static readonly Option<string> Line = new("--line") { Description = "Its kernel line, from: allie installer bootline", HelpName = "WORDS", DefaultValueFactory = _ => "" };
    private static readonly Option<string> Title = new("--title") { Description = "In the menu", HelpName = "TEXT", DefaultValueFactory = _ => "Installer (allie)" };
    private static readonly Option<string?> Grub = new("--grub") { Description = "GRUB's directory (default: /boot/grub or /boot/grub2)", HelpName = "DIR" };
    private static readonly Option<bool> Remove = new("--remove") { Description = "Take the entry and its files away again" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("boot-entry", "Add an entry to this PC's GRUB menu that boots an installer with no stick", Run, Kernel, Initrd, Line, Title, Grub, Remove);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("installer boot-entry");
        var entry = new InstallerBootEntry(call.Get(Grub) ?? (call.Pc.GrubDirectory is { Length: > 0 } set ? set : null));
        if (call.Get(Remove))
        {
            var gone = new Plan<PlainStep>(entry.IsThere ? [new("remove", entry.Place, "and its line in " + entry.Custom)] : []);
            return call.Carry(gone, entry.Remove, "the entry is gone");
        }

        if (call.Get(Kernel) is not { } kernel || call.Get(Initrd) is not { } initrd)
        {
            throw UserError.Refused("--kernel and --initrd are needed", "from the installer's medium: images/pxeboot/{vmlinuz,initrd.img} (Fedora, EL), install.amd/{vmlinuz,initrd.gz} (Debian)");
        }

        foreach (var file in new[] { kernel, initrd }.Where(f => !File.Exists(f)))
        {
            throw UserError.Refused($"cannot read {file}: it does not exist");
        }

        var text = InstallerMenu.Entry(call.Get(Title)!, call.Get(Line)!);
        var plan = new Plan<PlainStep>([new("copy", entry.Place, $"{kernel} and {initrd}"), new("write", entry.Custom, $"the entry '{InstallerMenu.Id}'; nothing else is changed")]);
        return call.Carry(
            plan, () => entry.Put(kernel, initrd, text),
            $"choose it in the menu, or once without one: grub-reboot {InstallerMenu.Id}; take it away with: allie installer boot-entry --remove");
    }
}
