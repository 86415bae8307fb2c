using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Plans;

namespace Allie.Linux.Fleet;

/// <summary>Makes the store what <see cref="StoreLayout"/> says; what is there already stays.</summary>
public sealed class StoreSetup(ServerSettings settings, string? sampleFile)
{
    /// <exception cref="UserError">Something else stands where a directory should be.</exception>
    public Plan<PlainStep> Plan()
    {
        var steps = new List<PlainStep>();
        foreach (var (path, permissions) in StoreLayout.Directories(settings))
        {
            if (!Directory.Exists(path))
            {
                steps.Add(File.Exists(path)
                    ? throw UserError.Refused($"cannot make directory {path}: a file of that name is there")
                    : new("make", path, $"directory, mode {Convert.ToString(permissions, 8)}"));
            }
            else if (permissions == 0x1C0 && ((int)File.GetUnixFileMode(path) & 0x3F) != 0)
            {
                steps.Add(new("close", path, "others than root could look in; mode 700"));
            }
        }

        steps.AddRange(Samples().Where(s => !File.Exists(s.Path)).Select(s => new PlainStep("write", s.Path, "sample, all of it comments")));
        return new(steps);
    }

    public void Carry(Plan<PlainStep> plan)
    {
        var directories = StoreLayout.Directories(settings).ToDictionary(d => d.Path, d => d.Permissions);
        var samples = Samples().ToDictionary(s => s.Path, s => s.Text);
        using var root = ImageRoot.Open("/");
        foreach (var step in plan.Steps)
        {
            switch (step.Action)
            {
                case "make":
                    root.MakeDirectories(ImagePath.Of(Path.GetFullPath(step.Target)).Parent, 0x1ED);
                    root.MakeDirectories(ImagePath.Of(Path.GetFullPath(step.Target)), directories[step.Target]);
                    break;
                case "close":
                    File.SetUnixFileMode(step.Target, (UnixFileMode)0x1C0);
                    break;
                default:
                    root.MakeDirectories(ImagePath.Of(Path.GetFullPath(step.Target)).Parent, 0x1ED);
                    AtomicFile.Write(step.Target, samples[step.Target]);
                    break;
            }
        }
    }

    private IEnumerable<(string Path, string Text)> Samples()
    {
        yield return (settings.Hosts, StoreLayout.SampleHosts);
        if (sampleFile is not null)
        {
            yield return (sampleFile, StoreLayout.SampleSettings(settings));
        }
    }
}
