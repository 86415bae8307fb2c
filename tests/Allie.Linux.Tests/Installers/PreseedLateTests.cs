using Allie.Installers;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>preseed/late_command as the installer would run it, in its own root file system; a step of the site is put where the file says.</summary>
public sealed class PreseedLateTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("quiet lab", true)]
    [InlineData("lab", true)]
    [InlineData("quiet", false)]
    [InlineData("quiet lab vanilla", false)]
    [InlineData("lab no-vanilla url=http://server/vanilla.cfg vanilla=1", true)]
    [InlineData("labs no-lab lab=1 url=http://server/lab", false)]
    public void What_a_keyword_asks_for_is_done_for_the_whole_word_and_not_with_vanilla(string kernelLine, bool isDone)
    {
        var installer = new DebianInstaller(_directory);
        _directory.Write("di/target/etc/ssh/ssh_host_ed25519_key", "of the golden PC");
        _directory.Write("di/target/etc/ssh/sshd_config", "");

        var said = installer.Run(Late().Replace(": what lab asks for", "touch /target/site"), kernelLine);

        Assert.Equal("rc=0", said);
        Assert.Equal(isDone, File.Exists(_directory.At("di/target/site")));
        Assert.Equal(["sshd_config"], Directory.EnumerateFiles(_directory.At("di/target/etc/ssh")).Select(Path.GetFileName));
        Assert.Equal("ssh-ed25519 AAAA admin\n", File.ReadAllText(_directory.At("di/target/root/.ssh/authorized_keys")));
        Assert.Equal("700", Shell.Run("stat -c %a di/target/root/.ssh", _directory.Path));
    }

    /// <summary>The value as debconf takes it from the file: lines that end with \ are one.</summary>
    private static string Late()
    {
        var file = Preseed.Make("trixie", InstallTarget.Parse("PARTLABEL=allie-b"), ["vanilla", "lab"], "http://mirror.example.org/debian", RootAccess.Check(null, "ssh-ed25519 AAAA admin"), ["rsync"]).Format();
        const string Question = "d-i preseed/late_command string \\\n";
        var lines = file[(file.IndexOf(Question, StringComparison.Ordinal) + Question.Length)..].Split('\n');
        return string.Concat(lines.TakeWhile(l => l.EndsWith('\\')).Select(l => l[..^1])) + lines.First(l => !l.EndsWith('\\'));
    }
}
