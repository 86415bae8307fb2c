using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Cli.Installers.Bootstrap;

/// <summary>What --into means on this machine: a PC has slots, a server has a store; one name is never both by guess.</summary>
internal static class BootstrapPlaces
{
    internal static SlotFacts? SlotOf(Invocation call, string name)
    {
        try
        {
            return new SlotSurvey(call.Pc).Look().Select(s => s.Facts).FirstOrDefault(s => s.Name == name);
        }
        catch (UserError) when (HasStore(call))
        {
            return null; // --config names a server's settings
        }
    }

    /// <exception cref="UserError">Exit 2: neither a slot nor a store.</exception>
    internal static string WorkDirectory(Invocation call, string name) =>
        HasStore(call)
            ? call.Server.Images + "/.work"
            : throw UserError.Refused($"'{name}' is no slot of this PC, and there is no image store here", "allie slot list shows the slots; allie server init makes a store; a directory is named with a /");

    internal static string? ReuseUuid(Invocation call) => call.Get(BootstrapOptions.ReuseFs) switch
    {
        null => null,
        var given when given.StartsWith("UUID=", StringComparison.Ordinal) => given["UUID=".Length..],
        var given => throw UserError.Refused($"'{given}' is no exact file system", "--reuse-fs UUID=01234567-..., as allie slot check prints it"),
    };

    private static bool HasStore(Invocation call)
    {
        try
        {
            return Directory.Exists(call.Server.Images);
        }
        catch (UserError)
        {
            return false; // --config names a PC's settings
        }
    }
}
