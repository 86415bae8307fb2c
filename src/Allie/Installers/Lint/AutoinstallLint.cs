namespace Allie.Installers.Lint;

/// <summary>What the autoinstall schema takes and what yet removes partitions, formats another one or gives a password away.</summary>
public static class AutoinstallLint
{
    /// <summary>The rule of a file that is no YAML; nothing else can be said of it.</summary>
    public const string NoYaml = "no-yaml";

    public static IReadOnlyList<InstallerFinding> Check(string text)
    {
        var (root, fault) = YamlText.Read(text);
        if (fault is not null)
        {
            return [fault];
        }

        // user-data has it under a key; the file autoinstall.yaml of a medium may be without.
        var body = root?["autoinstall"] ?? root ?? new YamlNode(0);
        var storage = body["storage"];
        var found = AutoinstallStorage.Check(storage).Concat(Passwords(body)).Concat(Scripts(body)).Concat(Twice(body)).ToList();
        if (storage?["grub"]?.Is("update_nvram", false) != true)
        {
            found.Add(new(0, "nvram", "the installer changes the firmware's boot order", "storage: grub: {update_nvram: false, reorder_uefi: false}", IsError: false));
        }

        return found;
    }

    private static IEnumerable<InstallerFinding> Passwords(YamlNode body) =>
        from node in body.All()
        from pair in node.Pairs
        where pair.Key.Text switch
        {
            "password" or "passwd" => pair.Value.Text is { Length: > 0 } secret && !Harmless(secret),
            "plain_text_passwd" => true,
            // chpasswd: "root:secret", one a line or an item.
            "list" => pair.Value.Items.Select(i => i.Text).Append(pair.Value.Text).SelectMany(t => (t ?? "").Split('\n'))
                .Any(l => l.Split(':', 2) is [_, { Length: > 0 } secret] && !Harmless(secret.Trim())),
            _ => false,
        }
        select new InstallerFinding(pair.Key.Line, "clear-password", "a password stands in clear in a file that is served", "a hash: openssl passwd -6");

    /// <summary>A hash, a locked account, or a word by which cloud-init makes one up.</summary>
    private static bool Harmless(string secret) => RootAccess.IsHash(secret) || secret[0] is '!' or '*' || secret is "R" or "RANDOM";

    /// <summary>Each command is a text for the shell, or a list of its words; only where it begins is known.</summary>
    private static IEnumerable<InstallerFinding> Scripts(YamlNode body) =>
        from key in new[] { "early-commands", "late-commands", "error-commands" }
        from command in body[key]?.Items ?? []
        let text = command.Text ?? string.Join(' ', command.Items.Select(i => $"'{i.Text?.Replace("'", "'\\''")}'"))
        from finding in ScriptLint.Check(ShellScript.Read(text), 1)
        select finding with { Line = command.Line };

    private static IEnumerable<InstallerFinding> Twice(YamlNode body) =>
        from node in body.All()
        from again in node.Pairs.GroupBy(p => p.Key.Text).Where(g => g.Key is not (null or "<<")).SelectMany(g => g.Skip(1))
        select new InstallerFinding(again.Key.Line, "twice", $"{again.Key.Text}: stands twice, and only the last counts", "one of the two");
}
