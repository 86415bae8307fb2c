using System.Text;
using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;
using Allie.Plans;

namespace Allie.Linux.Fleet;

/// <summary>`server check`: looks at all that could let in or out what should not. Changes nothing.</summary>
public sealed class ServerInspection(ServerSettings settings, IRunner runner)
{
    /// <exception cref="UserError">Exit 2: no store.</exception>
    public IReadOnlyList<CheckFinding> Look()
    {
        if (!Directory.Exists(settings.Store))
        {
            throw UserError.Refused($"there is no store: {settings.Store} does not exist", "run: allie server init");
        }

        var hosts = HostsFile.Parse(File.Exists(settings.Hosts) ? File.ReadAllText(settings.Hosts) : "", settings.Hosts);
        var pcs = new KeyStore(settings).Read();
        var conf = File.Exists(settings.RsyncdConf) ? File.ReadAllText(settings.RsyncdConf, Encoding.Latin1) : "";
        return
        [
            .. Modes(), .. Mounts(), .. RsyncVersion.Look(runner.Run(new("rsync", "--version")).Output),
            .. OpenModules.Look(conf, settings.RsyncdConf, settings.Store, settings.HostsAllow),
            .. HostsLint.Look(hosts, new ImageStore(settings.Images).Published(), Names(settings.Overlays + "/group"), Names(settings.Overlays + "/host"), pcs),
            .. new LayerSecrets(settings).Look(), .. Written(), .. pcs.Keys.Count > 0 ? Sshd() : [],
        ];
    }

    private IEnumerable<CheckFinding> Modes()
    {
        foreach (var path in new[] { settings.Store, settings.Images, settings.Overlays + "/host", settings.Reports, settings.Keys, settings.Ssh, settings.RsyncdSecrets }.Where(Path.Exists))
        {
            using var root = ImageRoot.Open("/");
            var facts = root.Stat(Allie.Files.ImagePath.Of(path));
            if ((facts.Permissions & 0x3F) != 0 || facts.Uid != 0)
            {
                yield return new("readable", $"{path} is of mode {Convert.ToString(facts.Permissions & 0xFFF, 8)}, owner {facts.Uid}",
                    "users of this machine could read password hashes and run set-id programs of the images", $"chown root:root {path}; chmod go= {path}");
            }
        }
    }

    private IEnumerable<CheckFinding> Mounts()
    {
        var store = Path.GetFullPath(settings.Images);
        var mount = MountTable.Here().Where(m => (store + "/").StartsWith(m.Point.TrimEnd('/') + "/", StringComparison.Ordinal)).MaxBy(m => m.Point.Length);
        if (mount is { IsNoSuid: false })
        {
            yield return new("setuid", $"{settings.Images} lies on a file system ({mount.Point}) that is not mounted nosuid",
                "only the mode of the directory keeps users of this machine from the set-id programs of the images", "a file system of its own for the store, mounted nosuid,nodev", IsAdvice: true);
        }
    }

    private IEnumerable<CheckFinding> Written()
    {
        var plan = new ServerConf(settings).Plan;
        if (!plan.IsEmpty)
        {
            yield return new("conf", $"what PCs get is not what hosts file and directories say: {Counted.Of(plan.Steps.Count, "change")}, the first is {plan.Steps[0].Action} {plan.Steps[0].Target}",
                "a PC gets what it should not, or not what it should", "allie server conf -n, then: allie server conf");
        }
    }

    /// <summary>What sshd itself says that holds for root (sshd(8), -T).</summary>
    private IEnumerable<CheckFinding> Sshd()
    {
        var said = Outcome("sshd", "-T", "-C", "user=root,host=pc,addr=127.0.0.1");
        if (said is null)
        {
            yield return new("sshd", "sshd -T does not answer", "no PC can come over ssh", "install sshd, or mend its configuration");
            yield break;
        }

        var lines = said.Split('\n');
        string? Value(string key) => lines.FirstOrDefault(l => l.StartsWith(key + " ", StringComparison.Ordinal))?[(key.Length + 1)..];
        if (!(Value("authorizedkeysfile") ?? "").Split(' ').Contains(settings.AuthorizedKeys))
        {
            yield return new("sshd", $"sshd does not read {settings.AuthorizedKeys}", "no PC can come over ssh", $"is {settings.SshdConf} included by sshd_config? allie server conf writes it");
        }

        if (Value("permitrootlogin") == "no")
        {
            yield return new("sshd", "sshd has PermitRootLogin no", "no PC can come over ssh: rsync must read the images as root", "PermitRootLogin forced-commands-only lets in the PCs' keys and nobody else");
        }

        if (Value("maxstartups") is { } startups && int.TryParse(startups.Split(':')[0], out var first) && first < 100)
        {
            yield return new("sshd", $"sshd has MaxStartups {startups}", "of many PCs at once some are refused and come again later", $"MaxStartups {SshdConf.MaxStartups}: a later line of sshd's configuration than ours says it", IsAdvice: true);
        }
    }

    private string? Outcome(string program, params string[] words)
    {
        try
        {
            var outcome = runner.Run(new(program, words));
            return outcome.Ok ? outcome.Output : null;
        }
        catch (UserError)
        {
            return null;
        }
    }

    private static string[] Names(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateDirectories(directory).Select(d => Path.GetFileName(d)).Where(n => n[0] != '.')]
        : [];
}
