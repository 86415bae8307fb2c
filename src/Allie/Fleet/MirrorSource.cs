using Allie.Errors;
using Allie.Images.Offer;
using Allie.Rsync;

namespace Allie.Fleet;

/// <summary>Another server's store: "root@server:/srv/allie" (ssh), "rsync://server/module" of a module whose path is the store, or a directory.</summary>
public sealed record MirrorSource
{
    private MirrorSource(string from, string? shell) => (From, Shell) = (from, shell);

    public string From { get; }

    public string? Shell { get; }

    /// <param name="text">As typed; a host without a path means /srv/allie there.</param>
    /// <param name="shell">ssh and its options.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static MirrorSource Parse(string text, string shell)
    {
        if (text.StartsWith("rsync://", StringComparison.Ordinal))
        {
            return text["rsync://".Length..].TrimEnd('/').Split('/').Length >= 2
                ? new(text.TrimEnd('/'), null)
                : throw UserError.Refused($"'{text}' names no module", "rsync://SERVER/MODULE, where the module's path is the other server's store");
        }

        if (text.StartsWith('/'))
        {
            return new(text.TrimEnd('/'), null);
        }

        var cut = text.IndexOf(":/", StringComparison.Ordinal);
        var ssh = new SshSource(cut < 0 ? text : text[..cut], "/", shell);
        CaptureSource.Of(ssh); // its names are checked there
        return new($"{ssh.Login}:{(cut < 0 ? "/srv/allie" : SshSource.CheckRoot(text[(cut + 1)..]))}", shell);
    }

    /// <summary>What is known about the images there, without their files: catalogues, numbers, tags, and which is current.</summary>
    public RsyncCall Look(string into) => Call("images", into) with
    {
        Delete = true,
        Filters =
        [
            "+ /.generations/", "+ /.generations/*/", "+ /.generations/*/*.catalogue", "+ /.generations/*/.last", "+ /.generations/*/.tags/***",
            "- /.generations/*/*", "- /.*", "- /*/*", "- /*/", "+ /*",
        ],
    };

    public RsyncCall Generation(string image, int number, string into, string? linkTo) =>
        Call($"images/.generations/{image}/{number}", into) with { LinkTo = linkTo, Delete = true, Progress = true };

    public RsyncCall Overlays(string into, string linkTo) => Call("overlays", into) with { LinkTo = linkTo, Delete = true, CrossFileSystems = false };

    /// <summary>A second look: nothing differs when nobody wrote there meanwhile.</summary>
    public RsyncCall OverlaysAgain(string into) => Call("overlays", into) with { Delete = true, DryRun = true, Itemize = true };

    public RsyncCall Hosts(string into) => Call("", into) with { Filters = ["+ /hosts", "- *"] };

    private RsyncCall Call(string below, string into) => new([$"{From}/{(below.Length > 0 ? below + "/" : "")}"], into + "/") { Shell = Shell };
}
