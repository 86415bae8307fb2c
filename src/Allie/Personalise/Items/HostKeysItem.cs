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

    public string What => "SSH host keys, 0600 root's, in the old form for OpenSSH before 6.5; types that the PC has none of are made";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (facts.New.Find(Directory) is not { IsDirectory: true })
        {
            return;
        }

        var version = OpenSsh.VersionOf(facts.New);
        if (version is null && OpenSsh.HasDaemon(facts.New))
        {
            draft.Note("the image's sshd does not tell its version: keys are carried as they are, and one before OpenSSH 6.5 cannot read those of today's form");
        }

        var source = Enumerable.Range(0, facts.Sources.Count).FirstOrDefault(i => Keys(facts.Sources[i]).Any(), -1);
        var carried = (source < 0 ? [] : Keys(facts.Sources[source])).ToLookup(k => OpenSsh.Knows(version, TypeOf(k)));
        foreach (var key in carried[true])
        {
            Carry(facts, draft, source, key, version);
        }

        foreach (var key in carried[false].Where(k => !IsPublic(k)))
        {
            draft.Note($"{Directory.Join(key)} is not carried: OpenSSH {version} of the image does not know keys of type {TypeOf(key)}");
        }

        var have = carried[true].Concat(Keys(facts.New)).ToHashSet(StringComparer.Ordinal);
        foreach (var type in Types.Where(t => OpenSsh.Knows(version, t) && !have.Contains($"ssh_host_{t}_key")))
        {
            draft.Add(new("", PersonalAction.Generate, Directory.Join($"ssh_host_{type}_key"), "this PC has no host key of this type")
            {
                Text = type, Words = OpenSsh.ReadsOwnFormat(version) ? [] : ["-m", "PEM"],
            });
        }
    }

    private static void Carry(PersonalFacts facts, PersonalDraft draft, int source, string key, Version? version)
    {
        var path = Directory.Join(key);
        if (IsPublic(key) || OpenSsh.ReadsOwnFormat(version) || !OpenSsh.IsOwnFormat(facts.Sources[source].Text(path)))
        {
            // 0640 with a group, as Red Hat had it, is refused by other sshds.
            draft.Copy(source, path, "host key of this PC", IsPublic(key) ? Public : Secret);
        }
        else if (!IsConverted(facts, source, path))
        {
            draft.Add(new("", PersonalAction.Convert, path, $"host key of this PC, in the form that OpenSSH {version} reads") { Source = source });
        }
    }

    /// <summary>The text is another one then; whose it is the public half beside it tells, which is written after it.</summary>
    private static bool IsConverted(PersonalFacts facts, int source, ImagePath path)
    {
        var half = ImagePath.FromRaw(path.Raw + ".pub");
        return facts.New.Find(path) is { IsRegular: true, Size: > 0, Permissions: Secret } && !OpenSsh.IsOwnFormat(facts.New.Text(path))
            && (facts.Sources[source].Text(half) is not { } text || facts.New.Text(half) == text);
    }

    private static bool IsPublic(string key) => key.EndsWith(".pub", StringComparison.Ordinal);

    private static string TypeOf(string key) => KeyName().Match(key).Groups[1].Value;

    private static IEnumerable<string> Keys(ITreeView tree) =>
        tree.Names(Directory).Where(n => KeyName().IsMatch(n) && tree.Find(Directory.Join(n)) is { IsRegular: true, Size: > 0 });

    [GeneratedRegex(@"^ssh_host_(?:([a-z0-9-]+)_)?key(?:\.pub|-cert\.pub)?\z")]
    private static partial Regex KeyName();
}
