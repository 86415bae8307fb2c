namespace Allie.Fleet;

/// <summary>
/// Our part of sshd's configuration (sshd_config(5)): where the keys of PCs are, and room for many PCs at the door at once. What a PC may do
/// is in its key's line, so that root's own logins stay as they are.
/// </summary>
public static class SshdConf
{
    /// <summary>
    /// Connections that have not logged in yet: sshd's own limit 10:30:100 refused 8 of 32 visits at once (measured). Up to the first number
    /// none is refused; the hourly runs are spread over half an hour, and a PC that is refused comes again.
    /// </summary>
    public const string MaxStartups = "400:30:1000";

    /// <param name="authorizedKeys">The generated file.</param>
    public static string Block(string authorizedKeys) =>
        $"""
        {RsyncdConf.Begin}
        # Written by: allie server conf. After a change: systemctl reload ssh (Debian), systemctl reload sshd (others).
        MaxStartups {MaxStartups}
        Match User root
            AuthorizedKeysFile .ssh/authorized_keys .ssh/authorized_keys2 {authorizedKeys}
        Match all
        {RsyncdConf.End}

        """;

    /// <summary>Without a PC with a key nothing of ours is needed.</summary>
    public static string Empty => $"{RsyncdConf.Begin}\n{RsyncdConf.End}\n";
}
