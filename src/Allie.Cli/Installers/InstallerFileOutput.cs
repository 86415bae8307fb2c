using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
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

    internal static IReadOnlyList<string>? PackageList(Invocation call) => call.Get(Packages) is { } file ? BootstrapPackages.Parse(Text(file)) : null;

    internal static string Text(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw UserError.Refused($"cannot read {file}: it does not exist");

    /// <exception cref="UserError">Exit 2.</exception>
    internal static InstallerFileKind Kind(string text, string file) =>
        InstallerFileKinds.Of(text) ?? throw UserError.Refused($"{file} is no kickstart, preseed or autoinstall file", "none of the lines that only such a file has was found");

    internal static int Emit(Invocation call, string text)
    {
        if (call.Get(Out) is { } file)
        {
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            {
                throw UserError.Refused($"cannot write {file}: its directory does not exist");
            }

            var same = File.Exists(file) && File.ReadAllText(file) == text;
            var plan = new Plan<PlainStep>(same ? [] : [new("write", file, File.Exists(file) ? "the file is another one" : "there is none")]);
            return call.Carry(plan, () => AtomicFile.Write(file, text), $"{file}: written; check it after every change of yours with: allie installer lint {file}");
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["text"] = text });
        }
        else
        {
            Console.Out.Write(text);
        }

        return ExitCode.Ok;
    }
}
