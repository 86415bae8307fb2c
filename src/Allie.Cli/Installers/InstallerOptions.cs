using System.CommandLine;

namespace Allie.Cli.Installers;

/// <summary>Options that the verbs about an installer share.</summary>
internal static class InstallerOptions
{
    internal static Option<string> Release() => new("--release") { Description = "F18 to F43, EL7 to EL10", HelpName = "RELEASE", Required = true };

    internal static Option<string> Target() => new("--target")
    {
        Description = "The slot: PARTLABEL=allie-b, PARTUUID=... or LABEL=...; allie.target= on the kernel line goes before it", HelpName = "TAG=VALUE", Required = true,
    };

    internal static Option<string[]> Keywords() => new("--keyword")
    {
        Description = "A word for the installer's kernel line that the file's scripts look for (vanilla: a model distribution); may be repeated",
        HelpName = "WORD", DefaultValueFactory = _ => [],
    };
}
