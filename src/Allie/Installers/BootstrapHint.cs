namespace Allie.Installers;

/// <summary>What to do after a failure, read from the words of apt, mmdebstrap, debootstrap or dnf.</summary>
public static class BootstrapHint
{
    /// <param name="words">All that was told as an error.</param>
    public static string Of(BootstrapRequest request, IReadOnlyCollection<string> words)
    {
        bool Said(params string[] parts) => words.Any(w => parts.Any(p => w.Contains(p, StringComparison.OrdinalIgnoreCase)));
        var sources = string.Join("; ", request.Sources);
        var keys = BootstrapPackages.IsUbuntu(request.Suite) ? "ubuntu-keyring (Debian 12 has none: take the one of Debian 13 or of an Ubuntu PC)" : "debian-archive-keyring";
        return Said("NO_PUBKEY", "is not signed", "unknown key", "no public key", "No keyring", "Keyring-based check")
            ? $"this machine lacks the archive's keys: install {keys}, or name the file: --mirror \"deb [signed-by=FILE] URL {request.Suite} main\""
            : Said("Failed getting release file") ? $"does the mirror answer, and is {request.Suite} a suite of it? {sources}"
            : Said("does not have a Release file", "No such script", "404", "no longer has a Release file") ? $"is {request.Suite} a suite of this mirror? {sources}"
            : Said("Could not resolve", "Temporary failure", "Could not connect", "Connection refused", "Failed to download metadata", "Cannot download") ? $"the mirror does not answer: {sources}; another: --mirror"
            : Said("Unable to locate package", "Unable to find a match", "Couldn't find these debs", "No match for argument") ? $"has a package another name in {request.Suite}? --packages, --include and --kernel choose them"
            : $"does the mirror have this suite and these packages? {sources}";
    }
}
