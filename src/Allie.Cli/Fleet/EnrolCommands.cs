using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Fleet;
using Allie.Linux.Native;
using Allie.Plans;

namespace Allie.Cli.Fleet;

/// <summary>host enrol and host revoke on the server, enrol on the PC.</summary>
internal static class EnrolCommands
{
    private static readonly Option<string?> Key = new("--key") { Description = "The PC's public key, as allie enrol printed it; '-' reads it from stdin", HelpName = "FILE" };
    private static readonly Option<bool> Secret = new("--secret") { Description = "For rsyncd with logins ([rsyncd] auth): make a secret and print it once" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("enrol", "Accept a PC's key (or make it a secret for rsyncd): it may fetch its images and layers from now on", Enrol, HostCommands.Pc, Key, Secret),
        verbs.Change("revoke", "Let a PC in no more: its key, its secret and its modules go", Revoke, HostCommands.Pc),
    ];

    internal static Command OnPc(Verbs verbs) => verbs.Change("enrol", "Make this PC's key for the server, and print it (host enrol on the server accepts it)", Show);

    private static int Enrol(Invocation call)
    {
        Invocation.RequireRoot("host enrol");
        var (settings, pc) = (call.Server, call.Get(HostCommands.Pc));
        var conf = new ServerConf(settings);
        if (conf.Hosts.Find(pc) is null)
        {
            throw UserError.Refused($"{pc} has no line in the hosts file", $"allie host add {pc} images=... groups=...");
        }

        return call.Get(Secret) ? GiveSecret(call, settings, pc) : AcceptKey(call, settings, pc, conf);
    }

    private static int AcceptKey(Invocation call, ServerSettings settings, string pc, ServerConf conf)
    {
        var file = call.Get(Key) ?? throw UserError.Refused($"which key has {pc}?", $"on the PC: allie enrol; then here: allie host enrol {pc} --key FILE, or: ssh root@{pc} allie enrol | allie host enrol {pc} --key - -y");
        var key = PublicKey.Parse(file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file));
        if (conf.Pcs.Keys.FirstOrDefault(k => k.Value == key && k.Key != pc).Key is { } other)
        {
            throw UserError.Refused($"this is the key of {other}: two PCs with one key cannot be told apart", $"on {pc}: remove {PcSettings.DefaultKey} and its .pub (it came with an image?), then: allie enrol");
        }

        var fingerprint = KeyStore.Fingerprint(call.Runner, key);
        var isNew = !conf.Pcs.Keys.TryGetValue(pc, out var known) || known != key || conf.Pcs.Revoked.Contains(pc);
        var plan = new Plan<PlainStep>(isNew ? [new("accept", pc, $"key {fingerprint}{(known is not null && known != key ? ", instead of the one it had" : "")}")] : []);
        if (isNew)
        {
            Prompt.Confirm(call, $"accept key {fingerprint} for {pc}? allie enrol on the PC must show the same");
        }

        return call.Carry(plan, () =>
        {
            new KeyStore(settings).Accept(pc, key);
            Write(call, settings);
            if (!call.Json)
            {
                Console.Out.WriteLine($"{pc} may come with key {fingerprint}");
            }
        });
    }

    private static int GiveSecret(Invocation call, ServerSettings settings, string pc)
    {
        var plan = new Plan<PlainStep>([new("give", pc, "a new secret for rsyncd")]);
        return call.Carry(plan, () =>
        {
            var secret = Convert.ToHexStringLower(RandomBytes.Read(20));
            new KeyStore(settings).Give(pc, secret);
            Write(call, settings);
            Console.Error.WriteLine($"on {pc}, into a file {PcSettings.DefaultSecret} of mode 600 (it is shown this once):");
            Console.Error.WriteLine(secret);
        });
    }

    private static int Revoke(Invocation call)
    {
        Invocation.RequireRoot("host revoke");
        var (settings, pc) = (call.Server, call.Get(HostCommands.Pc));
        var conf = new ServerConf(settings);
        var (key, secret) = (conf.Pcs.Keys.ContainsKey(pc), conf.Pcs.Secrets.Contains(pc));
        if (!key && !secret && conf.Hosts.Find(pc) is null && !conf.Pcs.Revoked.Contains(pc))
        {
            throw UserError.Refused($"there is no PC {pc}", "allie host list shows them");
        }

        var steps = conf.Pcs.Revoked.Contains(pc) && !key && !secret ? [] : new[] { new PlainStep("revoke", pc, key ? "its key opens nothing any more" : "its modules go") };
        string[] notes = settings.RsyncdAuth || (conf.Pcs.Keys.Count > 0 && conf.Hosts.Find(pc)?.Address is null)
            ? []
            : ["rsyncd lets any PC of its networks read images and shared overlays, a revoked one too: set [rsyncd] auth = true, or its networks to none"];
        var plan = new Plan<PlainStep>(steps, notes);
        if (!plan.IsEmpty)
        {
            Prompt.Confirm(call, $"let {pc} in no more?");
        }

        return call.Carry(plan, () =>
        {
            new KeyStore(settings).Revoke(pc);
            Write(call, settings);
        }, $"{pc} is out; a transfer that is under way now still ends");
    }

    private static void Write(Invocation call, ServerSettings settings)
    {
        var conf = new ServerConf(settings);
        conf.Write();
        if (!call.Json)
        {
            ServerCommands.Told(conf, settings);
        }
    }

    /// <summary>stdout has the key alone, for a pipe to the server.</summary>
    private static int Show(Invocation call)
    {
        Invocation.RequireRoot("enrol");
        var file = call.Pc.KeyFile;
        var plan = new Plan<PlainStep>(File.Exists(file) && File.Exists(file + ".pub") ? [] : [new("make", file, "this PC's ssh key for the server")]);
        var code = call.Carry(plan, () => PcKey.Make(call.Pc, call.Runner));
        if (call.DryRun || call.Json)
        {
            return code;
        }

        var key = PublicKey.Parse(File.ReadAllText(file + ".pub"));
        var name = call.Pc.PcName is { Length: > 0 } set ? set : Environment.MachineName;
        Console.Error.WriteLine($"this PC's key has the fingerprint {KeyStore.Fingerprint(call.Runner, key)}");
        Console.Error.WriteLine($"on the server: allie host enrol {name} --key -   and give it this line:");
        Console.Out.WriteLine($"{key} {name}");
        return code;
    }
}
