using Allie.Errors;
using Allie.Installers;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>Makes a tree from packages with mmdebstrap(1). Never installs a boot loader. Call MountNamespace.Enter first: what mmdebstrap mounts is then gone with us.</summary>
public sealed class Bootstrap(IRunner runner)
{
    /// <param name="request">What to make.</param>
    /// <param name="directory">Empty but for lost+found, or absent.</param>
    /// <param name="onStage">Each stage as it begins.</param>
    /// <exception cref="UserError">With mmdebstrap's own last error; the directory is then not complete.</exception>
    public void Run(BootstrapRequest request, string directory, Action<string> onStage)
    {
        var errors = new List<string>();
        var outcome = runner.Run(new Command("mmdebstrap", MmdebstrapCall.Arguments(request, directory))
        {
            Limit = TimeSpan.FromHours(2),
            Environment = new Dictionary<string, string?> { [MmdebstrapCall.FstabVariable] = request.Fstab },
            OnErrorLine = line =>
            {
                if (MmdebstrapCall.Stage(line) is { } stage)
                {
                    onStage(stage);
                }
                else if (line.StartsWith("E: ", StringComparison.Ordinal) || line.StartsWith("W: Failed", StringComparison.Ordinal))
                {
                    errors.Add(line[3..]);
                }
            },
        });
        if (!outcome.Ok)
        {
            throw new UserError(
                $"cannot bootstrap {request.Suite} into {directory}: {(errors.Count > 0 ? errors[0] : outcome.LastWord)}",
                "does the mirror have this suite and these packages? " + string.Join("; ", request.Sources));
        }

        using var root = ImageRoot.Open(directory);
        root.SyncFileSystem();
    }
}
