namespace Allie.Installers.Bootstrap;

/// <summary>What to do after a failure, read from the words of apt, mmdebstrap, debootstrap or dnf.</summary>
public static class BootstrapHint
{
    private const string Full = "No space left on device";

    /// <summary>What the line tells as an error; null when it tells none. A full disk is told by dpkg and cpio, not in apt's own form.</summary>
    public static string? Error(string line) =>
        line.StartsWith("E: ", StringComparison.Ordinal) || line.StartsWith("W: Fail", StringComparison.Ordinal) || line.StartsWith("Error: ", StringComparison.Ordinal) || line.Contains("NO_PUBKEY", StringComparison.Ordinal)
            ? line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Trim()
            : line.Contains(Full, StringComparison.Ordinal) ? line.Trim() : null;

    /// <summary>The one to tell: a full disk is the reason of all that follows, else the first.</summary>
    public static string Word(IReadOnlyCollection<string> told, string last) =>
        told.FirstOrDefault(w => w.Contains(Full, StringComparison.Ordinal)) ?? told.FirstOrDefault() ?? last;

    /// <param name="words">All that was told as an error.</param>
    public static string Of(BootstrapRequest request, IReadOnlyCollection<string> words)
    {
        bool Said(params string[] parts) => words.Any(w => parts.Any(p => w.Contains(p, StringComparison.OrdinalIgnoreCase)));
        var sources = string.Join("; ", request.Sources);
        var keys = BootstrapPackages.IsUbuntu(request.Suite) ? "ubuntu-keyring (Debian 12 has none: take the one of Debian 13 or of an Ubuntu PC)" : "debian-archive-keyring";
        return Said(Full, "enough free space", "more space needed") ? "make room or take a larger slot, or fewer packages: --packages, --kernel none"
            : Said("NO_PUBKEY", "is not signed", "unknown key", "no public key", "No keyring", "Keyring-based check")
            ? $"this machine lacks the archive's keys: install {keys}, or name the file: --mirror \"deb [signed-by=FILE] URL {request.Suite} main\""
            : Said("Failed getting release file") ? $"does the mirror answer, and is {request.Suite} a suite of it? {sources}"
            : Said("No such script") ? $"debootstrap knows no {request.Suite}: is the name right? A suite that is newer than debootstrap is made with mmdebstrap"
            : Said("invalid variant") ? "--variant names one of these; without it, minbase"
            : Said("method driver") ? $"is the mirror's address right? {sources}"
            : Said("does not have a Release file", "404", "no longer has a Release file") ? $"is {request.Suite} a suite of this mirror? {sources}"
            : Said("Could not resolve", "Temporary failure", "Could not connect", "Connection refused", "Failed to download metadata", "Cannot download") ? $"the mirror does not answer: {sources}; another: --mirror"
            : Said("Unable to locate package", "Unable to find a match", "Couldn't find these debs", "No match for argument") ? $"has a package another name in {request.Suite}? --packages, --include and --kernel choose them"
            : $"does the mirror have this suite and these packages? {sources}";
    }
}
