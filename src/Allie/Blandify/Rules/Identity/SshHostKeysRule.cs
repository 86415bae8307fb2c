using System.Text.RegularExpressions;
using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>
/// Host keys prove which machine this is; a PC gets its own back when it is personalised. Configurations and moduli stay, and so do
/// users' keys: deleting authorized_keys would lock the administrator out.
/// </summary>
public sealed partial class SshHostKeysRule : IRule
{
    private static readonly ImagePath Directory = ImagePath.Of("etc/ssh");
    private static readonly PathPattern[] Configuration = [PathPattern.Parse("etc/ssh/sshd_config"), PathPattern.Parse("etc/ssh/sshd_config.d/*.conf")];
    private static readonly PathPattern[] Others = [PathPattern.Parse("etc/dropbear/dropbear_*_host_key"), PathPattern.Parse("etc/tinyssh/sshkeydir/*")];

    public string Op => "ssh-hostkeys";

    public RuleAbout About { get; } = new(
        "SSH host keys and their certificates go, also those that sshd_config names; configuration and users' keys stay",
        "whoever has one PC's key can pose as all");

    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        tree.Names(Directory).Where(n => KeyName().IsMatch(n)).Select(Directory.Join)
            .Concat(Configured(tree)).Concat(Others.SelectMany(p => p.Match(tree)).Select(f => f.Path))
            .Where(p => tree.Find(p) is { IsDirectory: false }).Distinct()
            .Select(p => new TreeChange(Op, p, TreeAction.Delete, "host key of one PC"));

    /// <summary>Keys elsewhere; below etc alone, so that a line of a hostile image cannot name its kernel.</summary>
    private static IEnumerable<ImagePath> Configured(ITreeView tree) =>
        Configuration.SelectMany(p => p.Match(tree)).SelectMany(f => KeyLine().Matches(tree.Text(f.Path) ?? "").Select(m => m.Groups[1].Value))
            .Where(p => p.StartsWith("/etc/", StringComparison.Ordinal) && !p.Split('/').Contains(".."))
            .SelectMany(p => new[] { p, p + ".pub" }).Select(ImagePath.FromRaw)
            .Where(p => (tree.Text(p) ?? "") is var key && (key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || PublicKey().IsMatch(key)));

    [GeneratedRegex(@"^ssh_host_(?:[a-z0-9-]+_)?key(?:\.pub|-cert\.pub)?\z")]
    private static partial Regex KeyName();

    [GeneratedRegex("^[ \\t]*(?:HostKey|HostCertificate)[ \\t]+\"?(/[^ \\t\\r\\n\"]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"\A(ssh|ecdsa|sk)-[a-z0-9@.-]+ ")]
    private static partial Regex PublicKey();
}
