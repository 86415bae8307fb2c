using System.Text;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Linux.Fleet;

/// <summary>The ssh transport's files on the server: what they should be, what changes, and writing them. Nothing at all before the first PC has a key.</summary>
public sealed class SshAccess
{
    private const int Private = 0x180;

    private readonly ServerSettings _settings;
    private readonly SortedDictionary<string, string> _wanted = new(StringComparer.Ordinal);
    private readonly string _sshd;

    public SshAccess(ServerSettings settings, EnrolledPcs pcs, HostsFile hosts)
    {
        _settings = settings;
        var files = SshFiles.Decide(settings, pcs, hosts, new ImageStore(settings.Images).Published(), TargetsOf);
        Notes = files.Notes;
        IsUsed = pcs.Keys.Count > 0 || File.Exists(settings.AuthorizedKeys);
        foreach (var (path, text) in files.Confs)
        {
            _wanted[path] = text;
        }

        _wanted[settings.AuthorizedKeys] = files.AuthorizedKeys;
        var old = File.Exists(settings.SshdConf) ? File.ReadAllText(settings.SshdConf, Encoding.Latin1) : "";
        _sshd = RsyncdConf.Splice(old, pcs.Keys.Count > 0 ? SshdConf.Block(settings.AuthorizedKeys) : SshdConf.Empty);
    }

    public bool IsUsed { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>sshd reads its own configuration at a reload only.</summary>
    public bool NeedsReload { get; private set; }

    private bool HasSshd => Directory.Exists(Path.GetDirectoryName(_settings.SshdConf));

    public Plan<PlainStep> Plan()
    {
        if (!IsUsed)
        {
            return new([]);
        }

        var steps = Stale().Select(f => new PlainStep("remove", f, "its PC has no key any more"))
            .Concat(_wanted.Where(w => !Is(w.Key, w.Value)).Select(w => new PlainStep(File.Exists(w.Key) ? "change" : "write", w.Key, w.Key == _settings.AuthorizedKeys ? "keys of the enrolled PCs" : w.Key.EndsWith(".conf", StringComparison.Ordinal) ? "modules of one PC" : "one PC's line of the hosts file")))
            .ToList();
        if (HasSshd && !Is(_settings.SshdConf, _sshd))
        {
            steps.Add(new(File.Exists(_settings.SshdConf) ? "change" : "write", _settings.SshdConf, "where sshd finds the keys of PCs, and room for many at once"));
        }

        return new(steps, HasSshd ? Notes : [.. Notes, $"there is no {Path.GetDirectoryName(_settings.SshdConf)}: put into sshd's configuration what docs/server.md shows"]);
    }

    /// <summary>In this order, what ends it half-way opens nothing: a key comes after its modules, and goes before them.</summary>
    public void Write()
    {
        if (!IsUsed)
        {
            return;
        }

        PrivateDirectory.Make(_settings.Ssh);
        PrivateDirectory.Make(_settings.Ssh + "/pcs");
        foreach (var (path, text) in _wanted.Where(w => w.Key != _settings.AuthorizedKeys && !Is(w.Key, w.Value)))
        {
            if (Path.GetDirectoryName(path) is { } top && top.EndsWith(SshFiles.TopEnd, StringComparison.Ordinal))
            {
                PrivateDirectory.Make(top);
                Directory.CreateDirectory(top + SshFiles.MountPoint, (UnixFileMode)0x1ED);
            }

            AtomicFile.Write(path, text, Private);
        }

        if (!Is(_settings.AuthorizedKeys, _wanted[_settings.AuthorizedKeys]))
        {
            AtomicFile.Write(_settings.AuthorizedKeys, _wanted[_settings.AuthorizedKeys], Private);
        }

        foreach (var stale in Stale())
        {
            File.Delete(stale);
            if (stale.EndsWith(SshFiles.HostsName, StringComparison.Ordinal) && Path.GetDirectoryName(stale) is { } top)
            {
                Directory.Delete(top + SshFiles.MountPoint); // empty here: only a visit has the mount
                Directory.Delete(top);
            }
        }

        if (HasSshd && !Is(_settings.SshdConf, _sshd))
        {
            AtomicFile.Write(_settings.SshdConf, Encoding.Latin1.GetBytes(_sshd));
            NeedsReload = true;
        }
    }

    private static bool Is(string path, string text) => File.Exists(path) && File.ReadAllText(path, Encoding.Latin1) == text;

    private string[] Stale() => !Directory.Exists(_settings.Ssh + "/pcs") ? []
        : [.. Directory.EnumerateFiles(_settings.Ssh + "/pcs", "*.conf").Concat(Directory.EnumerateDirectories(_settings.Ssh + "/pcs", "*" + SshFiles.TopEnd).Select(d => d + SshFiles.HostsName))
            .Where(f => !_wanted.ContainsKey(f)).Order(StringComparer.Ordinal)];

    /// <summary>Where a layer that is a link leads now: a switch to a directory of another name wants `allie server conf` again.</summary>
    private IReadOnlyList<string> TargetsOf(string layer)
    {
        if (!Directory.Exists(_settings.Overlays))
        {
            return [];
        }

        using var root = ImageRoot.Open(_settings.Overlays);
        var path = ImagePath.Of(layer);
        return root.TryStat(path) is { IsSymlink: true } && Target(layer, root.ReadLink(path)) is { } target ? [target.Raw] : [];
    }

    /// <summary>Null for a link that PCs cannot follow; `overlay lint` tells of it.</summary>
    private static ImagePath? Target(string layer, string rawLink)
    {
        try
        {
            return LayerLink.Target(layer, rawLink);
        }
        catch (UserError)
        {
            return null;
        }
    }
}
