using Allie.Errors;
using Allie.Personalise;

namespace Allie.Config;

/// <summary>allie.toml on a PC: server, slots and places; every key has a default. docs/settings.md lists them.</summary>
public sealed record PcSettings
{
    public const string DefaultFile = "/etc/allie.toml";
    public const string DefaultKey = "/etc/allie/pc_key";
    public const string DefaultSecret = "/etc/allie/rsyncd.secret";

    /// <summary>Where images and overlays come from; empty until it is set.</summary>
    public required string ServerAddress { get; init; }

    public required int ServerPort { get; init; }

    /// <summary>"ssh" or "rsyncd". Where it is not said: ssh if the server's host keys are.</summary>
    public required string Transport { get; init; }

    /// <summary>Seconds that a transfer may stand still before it is ended, tried again, and at last given up.</summary>
    public required int ServerPatience { get; init; }

    /// <summary>The server's ssh host keys as in its .pub files; any of them is the server.</summary>
    public required IReadOnlyList<string> HostKeys { get; init; }

    /// <summary>This PC's own ssh key, made by `allie enrol`.</summary>
    public required string KeyFile { get; init; }

    /// <summary>File with this PC's secret for rsyncd, for root alone; absent: the address is enough.</summary>
    public required string SecretFile { get; init; }

    public bool IsSsh => Transport == "ssh";

    /// <summary>The PC's name in the hosts file; empty means its host name.</summary>
    public required string PcName { get; init; }

    /// <summary>Slots declared here, by name, with their PARTUUID in lower case. GPT partition names allie-NAME declare too.</summary>
    public required IReadOnlyDictionary<string, string> SlotPartitions { get; init; }

    /// <summary>Rehearsals and tests run on loop devices; a real PC's slots never are.</summary>
    public required bool AllowLoopDevices { get; init; }

    /// <summary>Overlays reach network file systems too; else paths there are skipped and named.</summary>
    public required bool AllowNetworkFileSystems { get; init; }

    /// <summary>GRUB's directory; empty means /boot/grub or /boot/grub2, whichever holds grub.cfg.</summary>
    public required string GrubDirectory { get; init; }

    /// <summary>grub, systemd-boot, boot-next, extlinux or kexec; empty means what is found.</summary>
    public required string BootMethod { get; init; }

    /// <summary>How often a new image is started at most before it has confirmed itself.</summary>
    public required int BootTries { get; init; }

    /// <summary>Seconds that a new image has for its network, the server and ssh to come up before it is judged. The deadline of a try is 15 minutes.</summary>
    public required int BootPatience { get; init; }

    /// <summary>A new image that is healthy waits for `allie commit`.</summary>
    public required bool CommitByHand { get; init; }

    /// <summary>Added to the kernel line of every image on this PC.</summary>
    public required string KernelArguments { get; init; }

    /// <summary>How long a script of conf/on-change or conf/check may run.</summary>
    public required TimeSpan OnChangeLimit { get; init; }

    /// <summary>What is carried to a new image.</summary>
    public PersonalChoices Personalise { get; init; } = PersonalChoices.Default;

    /// <summary>Bytes per second that prep may take from the network, as rsync's --bwlimit has it ("10m"); empty for no limit.</summary>
    public required string PrepBandwidth { get; init; }

    /// <summary>ext4, xfs or btrfs.</summary>
    public required string PrepFileSystem { get; init; }

    public required string State { get; init; }

    public required string Conf { get; init; }

    public required string Util { get; init; }

    public required string Stamp { get; init; }

    public required string Run { get; init; }

    public static PcSettings Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var hostKeys = values.Texts("server.host-keys", []);
        var transport = values.Text("server.transport", hostKeys.Count > 0 ? "ssh" : "rsyncd");
        if (transport is not ("ssh" or "rsyncd"))
        {
            throw UserError.Refused($"cannot use transport '{transport}' in {file}", "it is ssh or rsyncd");
        }

        var settings = new PcSettings
        {
            ServerAddress = values.Text("server.address", ""),
            ServerPort = values.Number("server.port", transport == "ssh" ? 22 : 873),
            Transport = transport,
            HostKeys = hostKeys,
            KeyFile = values.Text("server.key", DefaultKey),
            SecretFile = values.Text("server.secret", DefaultSecret),
            ServerPatience = values.Number("server.patience", 60),
            PcName = values.Text("pc.name", ""),
            SlotPartitions = values.TablesBelow("slots").ToDictionary(
                name => name, name => values.Text($"slots.{name}.partuuid", "").ToLowerInvariant()),
            AllowLoopDevices = values.Flag("safety.allow-loop-devices", false),
            AllowNetworkFileSystems = values.Flag("safety.allow-nfs", false),
            GrubDirectory = values.Text("boot.grub", ""),
            BootMethod = values.Text("boot.method", ""),
            BootTries = values.Number("boot.tries", 1),
            BootPatience = values.Number("boot.patience", 180),
            CommitByHand = values.Flag("boot.commit-by-hand", false),
            KernelArguments = values.Text("boot.arguments", ""),
            OnChangeLimit = Duration.Parse(values.Text("conf.on-change-limit", "10m")),
            Personalise = PersonalChoices.Check(
                values.Texts("personalise.skip", []), values.Text("personalise.machine-id", "carry"), values.Text("personalise.users", ""), file),
            PrepBandwidth = values.Text("prep.bandwidth", ""),
            PrepFileSystem = values.Text("prep.file-system", "ext4"),
            State = values.Text("paths.state", "/var/lib/allie"),
            Conf = values.Text("paths.conf", "/root/conf"),
            Util = values.Text("paths.util", "/root/util"),
            Stamp = values.Text("paths.stamp", "/etc/allie-image"),
            Run = values.Text("paths.run", "/run/allie"),
        };
        values.RefuseUnknown();
        return settings;
    }
}
