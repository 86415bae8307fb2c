namespace Allie.Images.Offer;

/// <summary>rsyncd.conf of the temporary daemon on a golden PC. Every file it names is in one private directory that goes with it.</summary>
public static class OfferConf
{
    /// <param name="tree">Where the offered file system is mounted, read-only.</param>
    /// <param name="directory">The private directory; holds an empty directory "nothing".</param>
    /// <param name="address">Address to listen on; empty is all.</param>
    /// <param name="port">TCP port.</param>
    public static string Format(string tree, string directory, string address, int port) =>
        $"""
        {(address.Length > 0 ? $"address = {address}" : "# on all addresses")}
        port = {port}
        log file = {Log(directory)}
        uid = root
        gid = root
        read only = yes
        list = no
        use chroot = yes
        numeric ids = yes
        munge symlinks = no
        reverse lookup = no
        timeout = 600
        max connections = 4
        lock file = {directory}/lock
        auth users = {CaptureSource.User}
        secrets file = {Secrets(directory)}
        [image]
            path = {tree}
        [finished]
            path = {directory}/nothing
            post-xfer exec = [ "$RSYNC_EXIT_STATUS" != 0 ] || : > {Mark(directory)}

        """;

    public static string Log(string directory) => directory + "/log";

    public static string Secrets(string directory) => directory + "/secrets";

    /// <summary>The daemon makes this file when the other side has asked for module "finished" with the right password.</summary>
    public static string Mark(string directory) => directory + "/finished";
}
