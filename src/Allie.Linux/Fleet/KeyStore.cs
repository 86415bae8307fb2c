using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Fleet;

/// <summary>The enrolled PCs on the server: keys/H.pub, keys/H.revoked, and rsyncd's secrets file. Plain files, root's alone.</summary>
public sealed class KeyStore(ServerSettings settings)
{
    private const string KeySuffix = ".pub";
    private const string RevokedSuffix = ".revoked";
    private const int Private = 0x180;

    /// <exception cref="UserError">Exit 2: a key file that holds no key.</exception>
    public EnrolledPcs Read()
    {
        var keys = new Dictionary<string, PublicKey>();
        foreach (var pc in Names(KeySuffix))
        {
            try
            {
                keys[pc] = PublicKey.Parse(File.ReadAllText(KeyOf(pc)));
            }
            catch (UserError e)
            {
                throw UserError.Refused($"cannot read {KeyOf(pc)}: {e.Message}", "remove it, or: allie host enrol " + pc);
            }
        }

        return new(keys, File.Exists(settings.RsyncdSecrets) ? SecretsText.Names(File.ReadAllText(settings.RsyncdSecrets)) : new HashSet<string>(), Names(RevokedSuffix).ToHashSet());
    }

    /// <summary>"SHA256:..." as ssh-keygen says it, which is what people compare.</summary>
    /// <exception cref="UserError">ssh-keygen does not take it for a key.</exception>
    public static string Fingerprint(IRunner runner, PublicKey key) =>
        runner.RunChecked(new("ssh-keygen", "-l", "-f", "-") { Input = key + "\n" }, "is it the whole line of the PC's .pub file?").Output.Split(' ').ElementAtOrDefault(1) ?? "";

    public void Accept(string pc, PublicKey key)
    {
        Make();
        AtomicFile.Write(KeyOf(pc), $"{key} {pc}\n", Private);
        File.Delete(Path.Combine(settings.Keys, pc + RevokedSuffix));
    }

    public void Give(string pc, string secret)
    {
        Make();
        Secrets(pc, secret);
        File.Delete(Path.Combine(settings.Keys, pc + RevokedSuffix));
    }

    /// <summary>The mark first: whatever ends this, the PC stays out.</summary>
    public void Revoke(string pc)
    {
        Make();
        AtomicFile.Write(Path.Combine(settings.Keys, pc + RevokedSuffix), "", Private);
        File.Delete(KeyOf(pc));
        if (File.Exists(settings.RsyncdSecrets))
        {
            Secrets(pc, null);
        }
    }

    private void Secrets(string pc, string? secret)
    {
        var file = settings.RsyncdSecrets;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var old = File.Exists(file) ? File.ReadAllText(file) : "";
        AtomicFile.Write(file, SecretsText.With(old, pc, secret), Private);
        File.SetUnixFileMode(file, (UnixFileMode)Private); // rsyncd refuses a secrets file that others can read
    }

    private void Make() => PrivateDirectory.Make(settings.Keys);

    private string KeyOf(string pc) => Path.Combine(settings.Keys, pc + KeySuffix);

    private IEnumerable<string> Names(string suffix) => !Directory.Exists(settings.Keys) ? []
        : Directory.EnumerateFiles(settings.Keys, "*" + suffix).Select(f => Path.GetFileName(f)[..^suffix.Length]);
}
