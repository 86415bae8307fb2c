using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Installers.Media;
using Allie.Linux.Installers;
using Allie.Plans;

namespace Allie.Cli.Installers;

/// <summary>Step 2 with a stick and no network: the file is on it, and its menu says so.</summary>
internal static class UsbCommand
{
    private static readonly Argument<string> Iso = new("ISO") { Description = "The distribution's installer image" };
    private static readonly Argument<string> Out = new("OUT") { Description = "The image to write; it must not exist" };
    private static readonly Option<string> File_ = new("--file") { Description = "The kickstart, preseed or autoinstall file", HelpName = "FILE", Required = true };
    private static readonly Option<string?> Target = new("--target") { Description = "Another slot than the file's: PARTLABEL=allie-c", HelpName = "TAG=VALUE" };
    private static readonly Option<string[]> Keywords = InstallerOptions.Keywords();

    internal static Command Make(Verbs verbs) =>
        verbs.Change("usb", "Make an installer image for a stick, with the file in it and its boot line set", Run, Iso, Out, File_, Target, Keywords);

    private static int Run(Invocation call)
    {
        var (iso, output, file) = (call.Get(Iso), Path.GetFullPath(call.Get(Out)), call.Get(File_)!);
        var text = InstallerFileOutput.Text(file);
        var (kind, release) = (InstallerFileOutput.Kind(text, file), InstallerRelease.OfHeader(text));
        if (InstallerLint.Check(kind, text, release).FirstOrDefault(f => f.IsError) is { } fault)
        {
            throw UserError.Refused($"{file} does not go onto a stick: {(fault.Line > 0 ? $"line {fault.Line}: " : "")}{fault.Message}", fault.Hint);
        }

        if (!File.Exists(iso))
        {
            throw UserError.Refused($"cannot read {iso}: it is no file");
        }

        if (Path.Exists(output) || !Directory.Exists(Path.GetDirectoryName(output)))
        {
            throw UserError.Refused(
                Path.Exists(output) ? $"cannot write {output}: it exists already" : $"cannot write {output}: its directory does not exist",
                "name a new file, or remove that one; then copy it onto the stick yourself: dd if=FILE of=/dev/sdX bs=4M conv=fsync");
        }

        using var remaster = new IsoRemaster(call.Runner, iso);
        var system = remaster.Holds();
        system?.Require(file, kind, MediumSystem.ReleaseOf(kind, text));
        release ??= system?.Release is { } told && InstallerRelease.Is(told) ? InstallerRelease.Parse(told) : null;
        var embedded = EmbeddedFile.For(kind, release, remaster.Facts.Volume, call.Get(Target) is { } given ? InstallTarget.Parse(given) : null, [.. call.Get(Keywords)!.Select(InstallKeyword.Check)]);
        var menus = remaster.Prepare(file, embedded);
        PlainStep[] steps =
        [
            new("write", output, $"a copy of {iso} ({remaster.Facts.BootImages} boot images, label '{remaster.Facts.Volume}')"), new("add", embedded.Path, file),
            .. menus.Select(m => new PlainStep("edit", m.Menu, $"{m.Lines} lines get: {string.Join(' ', embedded.Words)}")),
        ];
        return call.Carry(
            new Plan<PlainStep>(steps), () => remaster.Write(output),
            $"{output}: written and read back. Copy it onto a stick, which loses all it holds: dd if={output} of=/dev/sdX bs=4M conv=fsync");
    }
}
