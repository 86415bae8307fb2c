using System.Text;
using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Plans;

namespace Allie.Linux.Fleet;

/// <summary>All that lets PCs in, made from hosts file, keys and directories: rsyncd's modules, the files of the ssh transport, places for reports.</summary>
public sealed class ServerConf
{
    private readonly RsyncdConfFile _rsyncd;
    private readonly string _rsyncdText;
    private readonly IReadOnlyList<string> _places;

    /// <exception cref="UserError">Exit 2: no store yet, or marker lines that enclose nothing.</exception>
    public ServerConf(ServerSettings settings)
    {
        Hosts = HostsFile.Parse(File.Exists(settings.Hosts) ? File.ReadAllText(settings.Hosts) : "", settings.Hosts);
        Pcs = new KeyStore(settings).Read();
        _rsyncd = new(settings);
        var decided = _rsyncd.Decide(Hosts, Pcs);
        var old = _rsyncd.Read();
        var isFirst = RsyncdConf.IsFirst(old);
        Block = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(RsyncdConf.Block(decided.Modules, settings.RsyncdAddress, settings.RsyncdPort, isFirst)));
        _rsyncdText = RsyncdConf.Splice(old, Block);
        Ssh = new(settings, Pcs, Hosts);
        var ssh = Ssh.Plan();
        const string Prefix = "report-";
        _places = new ReportPlaces(settings).Missing(
            decided.Modules.Where(m => m.WriteOnly).Select(m => m.Name[Prefix.Length..]).Concat(Pcs.Keys.Keys.Where(k => Hosts.Find(k) is not null && !Pcs.Revoked.Contains(k))));
        var change = RsyncdConfChange.Between(old, _rsyncdText, decided.Notes);
        RsyncdChanges = !change.IsEmpty;
        string[] notes = isFirst || (settings.RsyncdPort == 873 && settings.RsyncdAddress.Length == 0) ? []
            : [$"rsyncd reads port and address before the first module only: put them at the top of {settings.RsyncdConf}, or our block before your modules"];
        Plan = new([.. _places.Select(d => new PlainStep("make", d, "where a PC puts its report")), .. ssh.Steps, .. change.Steps], [.. change.Notes, .. ssh.Notes, .. notes]);
    }

    public HostsFile Hosts { get; }

    public EnrolledPcs Pcs { get; }

    /// <summary>Our part of rsyncd.conf, one byte per char.</summary>
    public string Block { get; }

    public SshAccess Ssh { get; }

    public bool RsyncdChanges { get; }

    public Plan<PlainStep> Plan { get; }

    public void Write()
    {
        ReportPlaces.Make(_places);
        Ssh.Write();
        if (RsyncdChanges)
        {
            _rsyncd.Write(_rsyncdText);
        }
    }
}
