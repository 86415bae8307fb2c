using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>
/// Host keys prove which machine this is; a PC gets its own back when it is personalised. Configurations and moduli stay, and so do
/// users' keys: deleting authorized_keys would lock the administrator out.
/// </summary>
public sealed partial class SshHostKeysRule : IRule
{
    private static readonly ImagePath Directory = ImagePath.Of("etc/ssh");

    public string Op => "ssh-hostkeys";

    public RuleAbout About { get; } = new(
        "SSH host keys and their certificates go; configuration and users' keys stay", "whoever has one PC's key can pose as all");

    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        tree.Names(Directory).Where(n => KeyName().IsMatch(n)).Select(Directory.Join)
            .Where(p => tree.Find(p) is { IsDirectory: false })
            .Select(p => new TreeChange(Op, p, TreeAction.Delete, "host key of one PC"));

    [GeneratedRegex(@"^ssh_host_(?:[a-z0-9-]+_)?key(?:\.pub|-cert\.pub)?\z")]
    private static partial Regex KeyName();
}
