using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Fleet;
using Allie.Linux.Images.Offer;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Slots;
using Allie.Plans;
using Allie.Slots;

namespace Allie.Cli.Images;

/// <summary>Step 4: a temporary rsync daemon for one partition, that ends by itself.</summary>
internal static class OfferCommands
{
    private static readonly Argument<string> Device = new("DEVICE") { Description = "The partition with the new distribution, such as /dev/sda3, or the name of its slot" };
    private static readonly Option<int> Port = new("--port") { Description = "Port to listen on", HelpName = "N", DefaultValueFactory = _ => 873 };
    private static readonly Option<string> Address = new("--address") { Description = "Address to listen on, or all (default: that of the default route)", HelpName = "IP", DefaultValueFactory = _ => "" };
    private static readonly Option<bool> RootOnly = new("--root-only") { Description = "Only this file system, whatever its fstab says of /boot, /usr, /var and /opt" };
    private static readonly Option<string> Timeout = new("--timeout") { Description = "End after this time if nobody has fetched", HelpName = "TIME", DefaultValueFactory = _ => "4h" };

    private static readonly Option<string?> Password = new("--password-file")
    {
        Description = "File with the password to ask for (default: a new one, printed)", HelpName = "FILE",
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("offer", "Offer a partition to the server until it has fetched it (founding name: rsync-newdistro-daemon)", Run, Device, Port, Address, Timeout, Password, RootOnly),
    ];

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("offer");
        var timeout = Duration.Parse(call.Get(Timeout)!);
        var device = call.Get(Device) is var typed && typed.Contains('/') ? typed : new SlotFinder(call.Pc).Get(typed).DevicePath;
        var use = new DeviceInspection(call.Runner).Look(device);
        OfferRefusal.Check(use);
        if (call.DryRun)
        {
            return call.Carry(new Plan<PlainStep>([new("offer", device, $"{use.Type}, read-only, on port {call.Get(Port)}")]), () => { });
        }

        var address = call.Get(Address) switch { "all" => "", { Length: > 0 } given => given, _ => OwnAddress.OfDefaultRoute() ?? "" };
        OfferDaemon.Require(address, call.Get(Port));
        MountNamespace.Enter();
        using var held = Hold(call, device); // not before: a lock would outlive the exec that Enter is
        using var memory = PrivateMemory.Over(call.Pc.Run);
        using var system = OfferedSystem.Mount(call.Runner, use, memory.Path, call.Get(RootOnly));
        var typedPassword = call.Get(Password);
        var password = typedPassword is null ? RandomBytes.Secret() : First(typedPassword);
        foreach (var missing in system.Missing)
        {
            Screen.Say("allie: " + missing);
        }

        Tell(call, device, use.Type, typedPassword is null ? password : null, address, system.Parts);
        new OfferDaemon(system.Path, memory.Path, password, Screen.Say).Run(address, call.Get(Port), timeout, call.Interrupted);
        Screen.Say($"{device} was fetched; the offer has ended");
        return ExitCode.Ok;
    }

    /// <summary>A declared slot as long as it is offered: the hourly run lays no overlay on it meanwhile, and one that is at it is waited for (edge case 44).</summary>
    private static FileLock? Hold(Invocation call, string device) =>
        new SlotFinder(call.Pc).Get(device) is { DeclaredBy: not SlotDeclaration.None } slot ? SlotLock.Take(call.Pc.Run, slot.Name) : null;

    private static string First(string file) => !File.Exists(file)
        ? throw UserError.Refused($"cannot read password file {file}: it does not exist")
        : File.ReadAllText(file).Split('\n')[0].TrimEnd('\r') is { Length: > 0 } word ? word : throw UserError.Refused($"password file {file} is empty");

    private static void Tell(Invocation call, string device, string type, string? password, string address, IReadOnlyList<string> parts)
    {
        var name = call.Pc.PcName is { Length: > 0 } set ? set : Environment.MachineName;
        var command = $"allie image capture {name} NAME" + (call.Get(Port) == 873 ? "" : $" --port {call.Get(Port)}");
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["device"] = device, ["type"] = type, ["parts"] = JsonOutput.Array(parts), ["address"] = address, ["port"] = call.Get(Port), ["password"] = password, ["command"] = command,
            });
            return;
        }

        Console.Out.WriteLine($"offering {string.Join(", ", parts.Prepend($"{device} ({type}, read-only)"))} on {(address.Length > 0 ? address : "all addresses")}, port {call.Get(Port)}, until it is fetched; Ctrl-C ends it");
        if (password is not null)
        {
            Console.Out.WriteLine($"password, for this once: {password}");
        }

        Console.Out.WriteLine($"on the server:  {command}");
    }
}
