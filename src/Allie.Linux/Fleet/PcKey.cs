using Allie.Config;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Fleet;

/// <summary>A PC's own ssh key: made on the PC, and never in an image.</summary>
public static class PcKey
{
    /// <summary>The name comes last: a run that was cut off leaves no half key.</summary>
    public static void Make(PcSettings settings, IRunner runner)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(settings.KeyFile))!;
        Directory.CreateDirectory(directory);
        using var scratch = new Scratch(directory);
        var made = Path.Combine(scratch.Path, "key");
        if (File.Exists(settings.KeyFile))
        {
            var text = runner.RunChecked(new("ssh-keygen", "-y", "-P", "", "-f", settings.KeyFile)).Output;
            AtomicFile.Write(settings.KeyFile + ".pub", text);
            return;
        }

        runner.RunChecked(new("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "allie", "-f", made));
        File.Move(made + ".pub", settings.KeyFile + ".pub", overwrite: true);
        File.Move(made, settings.KeyFile);
    }
}
