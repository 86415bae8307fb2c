using System.CommandLine;
using System.Net;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Installers;
using Allie.Plans;

namespace Allie.Cli.Installers;

/// <summary>Step 2: the file, for as long as an installer needs it.</summary>
internal static class ServeCommand
{
    private static readonly Argument<string> Place = new("DIR") { Description = "Its regular files are served; no listing, no symlink out of it" };
    private static readonly Option<string> Listen = new("--listen") { Description = "One address of this machine; port 0 takes a free one", HelpName = "ADDRESS:PORT", Required = true };
    private static readonly Option<int> Count = new("--count") { Description = "End after so many files (default: only by time)", HelpName = "N" };
    private static readonly Option<int> Limit = new("--timeout") { Description = "End after so many seconds", HelpName = "SECONDS", DefaultValueFactory = _ => 3600 };

    internal static Command Make(Verbs verbs) =>
        verbs.Read("serve", "Serve a directory by HTTP in the foreground, and end by itself", Run, Place, Listen, Count, Limit);

    private static int Run(Invocation call)
    {
        var (place, listen, count, seconds) = (call.Get(Place), call.Get(Listen)!, call.Get(Count), call.Get(Limit));
        if (!Directory.Exists(place))
        {
            throw UserError.Refused($"cannot serve {place}: it is no directory");
        }

        if (!listen.Contains(':') || !IPEndPoint.TryParse(listen, out var address) || address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any))
        {
            throw UserError.Refused($"'{listen}' is not one address with a port", "--listen 10.0.0.1:8080 (all addresses at once are not offered)");
        }

        if (seconds is < 1 or > 604800 || count < 0)
        {
            throw UserError.Refused("--timeout is 1 to 604800 seconds, and --count is not negative");
        }

        using var server = new FileServer(place, address, Screen.Say, TimeSpan.FromSeconds(20));
        Screen.Say($"serving {place} at http://{server.Address}/ for {seconds} s{(count > 0 ? $" or {Counted.Of(count, "file")}" : "")}");
        var served = server.Run(count, TimeSpan.FromSeconds(seconds), call.Interrupted).GetAwaiter().GetResult();
        Screen.Say($"{Counted.Of(served, "file")} served");
        return count > 0 && served < count ? ExitCode.Failed : ExitCode.Ok;
    }
}
