using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Linux.Files;
using Allie.Plans;

namespace Allie.Cli.Installers;

/// <summary>What the three generators share: who gets in, which packages, and where the text goes.</summary>
internal static class InstallerFileOutput
{
    internal static readonly Option<string?> Hash = new("--root-password-hash") { Description = "crypt(5) hash of root's password, from: openssl passwd -6 (default: locked)", HelpName = "HASH" };
    internal static readonly Option<string?> Key = new("--ssh-key") { Description = "Public key that root may log in with", HelpName = "FILE" };
    internal static readonly Option<string?> Packages = new("--packages") { Description = "The packages to install instead of ours, one a line", HelpName = "FILE" };
    internal static readonly Option<string?> Out = new("--output", "-o") { Description = "Write to this file instead of stdout", HelpName = "FILE" };

    internal static RootAccess Access(Invocation call) => RootAccess.Check(call.Get(Hash), call.Get(Key) is { } file ? Text(file) : null);

    /// <param name="read">The reader of that installer's names.</param>
    internal static IReadOnlyList<string>? PackageList(Invocation call, Func<string, string, IReadOnlyList<string>> read) => call.Get(Packages) is { } file ? read(Text(file), file) : null;

    internal static string Text(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw UserError.Refused($"cannot read {file}: it {(Directory.Exists(file) ? "is a directory" : "does not exist")}");

    /// <exception cref="UserError">Exit 2.</exception>
    internal static InstallerFileKind Kind(string text, string file) =>
        InstallerFileKinds.Of(text) ?? throw UserError.Refused($"{file} is no kickstart, preseed or autoinstall file", "none of the lines that only such a file has was found");

    /// <param name="note">Said to the user.</param>
    internal static int Emit(Invocation call, string text, string? note = null)
    {
        IReadOnlyList<string> notes = note is null ? [] : [note];
        if (call.Get(Out) is { } file && file != "-")
        {
            file = Place(file);
            var before = File.Exists(file) ? File.ReadAllText(file) : null;
            if (before is not null && before != text)
            {
                Prompt.Confirm(call, $"{file} is there and holds another text (which: the same command without -o, and | diff {file} -); replace it?");
            }

            var plan = new Plan<PlainStep>(before == text ? [] : [before is null ? new("write", file, "there is none") : new("replace", file, "it holds another text")], notes);
            return call.Carry(plan, () => AtomicFile.Write(file, text), $"{file}: written; check it after every change of yours with: allie installer lint {file}");
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["text"] = text, ["notes"] = JsonOutput.Array(notes) });
            return ExitCode.Ok;
        }

        foreach (var one in notes)
        {
            Screen.Say("allie: " + one);
        }

        Console.Out.Write(text);
        return ExitCode.Ok;
    }

    /// <summary>Where it goes; a symlink stays one, and what it points to is written.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    private static string Place(string file)
    {
        var full = Path.GetFullPath(file);
        var target = new FileInfo(full).LinkTarget is { } link ? Path.GetFullPath(link, Path.GetDirectoryName(full)!) : full;
        if (Directory.Exists(target) || !Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw UserError.Refused($"cannot write {file}: {(Directory.Exists(target) ? "it is a directory" : "its directory does not exist")}");
        }

        using var directory = ImageRoot.Open(Path.GetDirectoryName(target)!);
        return File.Exists(file) && directory.TryStat(ImagePath.Of(Path.GetFileName(target))) is not { IsRegular: true }
            ? throw UserError.Refused($"cannot write {file}: it is no regular file", "without -o the text goes to stdout")
            : target == full ? file : target;
    }
}
