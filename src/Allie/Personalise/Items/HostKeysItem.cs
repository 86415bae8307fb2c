using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>
/// SSH host keys: carried, or made here, as no distribution can be relied on to make missing ones (Debian 12 has no unit for it, Debian 13
/// only one for a first boot).
/// </summary>
internal sealed partial class HostKeysItem : IPersonalItem
{
    private const int Secret = 0x180, Public = 0x1A4;
    private static readonly ImagePath Directory = ImagePath.Of("etc/ssh");

    // What OpenSSH of the last ten years looks for without being told (sshd_config(5), HostKey); DSA is refused by 10.0.
    private static readonly string[] Types = ["rsa", "ecdsa", "ed25519"];

    public string Name => "host-keys";

    public string What => "SSH host keys, 0600 root's; types that the PC has none of are made";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (facts.New.Find(Directory) is not { IsDirectory: true })
        {
            return;
        }

        var source = Enumerable.Range(0, facts.Sources.Count).FirstOrDefault(i => Keys(facts.Sources[i]).Any(), -1);
        var carried = source < 0 ? [] : Keys(facts.Sources[source]).ToList();
        foreach (var key in carried)
        {
            // 0640 with a group, as Red Hat had it, is refused by other sshds.
            draft.Copy(source, Directory.Join(key), "host key of this PC", key.EndsWith(".pub", StringComparison.Ordinal) ? Public : Secret);
        }

        var have = carried.Concat(Keys(facts.New)).ToHashSet(StringComparer.Ordinal);
        foreach (var type in Types.Where(t => !have.Contains($"ssh_host_{t}_key")))
        {
            draft.Add(new("", PersonalAction.Generate, Directory.Join($"ssh_host_{type}_key"), "this PC has no host key of this type") { Text = type });
        }
    }

    private static IEnumerable<string> Keys(ITreeView tree) =>
        tree.Names(Directory).Where(n => KeyName().IsMatch(n) && tree.Find(Directory.Join(n)) is { IsRegular: true, Size: > 0 });

    [GeneratedRegex(@"^ssh_host_(?:[a-z0-9-]+_)?key(?:\.pub|-cert\.pub)?\z")]
    private static partial Regex KeyName();
}
