using Allie.Boot.Health;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Health;

/// <summary>The administrator's own checks: all of required.d must end with 0, wanted.d is only told. By name, one after another.</summary>
/// <param name="directory">/etc/allie/check</param>
public sealed class HealthScripts(string directory, IRunner runner)
{
    private const int Execute = 0x49; // any x bit

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan All = TimeSpan.FromSeconds(300);

    public IReadOnlyList<HealthCheck> Run()
    {
        var since = Environment.TickCount64;
        return [.. Scripts("required.d").Select(s => One(s, true, since)), .. Scripts("wanted.d").Select(s => One(s, false, since))];
    }

    private IEnumerable<string> Scripts(string kind)
    {
        var path = Path.Combine(directory, kind);
        if (!Directory.Exists(path))
        {
            return [];
        }

        using var root = ImageRoot.Open(path);
        return [.. root.List(ImagePath.Root).Where(n => !n.EndsWith('~') && root.Stat(ImagePath.Root.Join(n)) is { IsRegular: true } f && (f.Permissions & Execute) != 0)
            .Select(n => Path.Combine(kind, n))];
    }

    private HealthCheck One(string script, bool required, long since)
    {
        var left = All - TimeSpan.FromMilliseconds(Environment.TickCount64 - since);
        if (left <= TimeSpan.Zero)
        {
            return new(script, false, required, $"not run: the checks together took longer than {All.TotalSeconds:0} s");
        }

        try
        {
            var outcome = runner.Run(new Command(Path.Combine(directory, script)) { Limit = left < Each ? left : Each });
            return new(script, outcome.Ok, required, outcome.Ok ? "passed" : $"ended with {outcome.ExitCode}: {outcome.LastWord}");
        }
        catch (UserError e)
        {
            return new(script, false, required, e.Message);
        }
    }
}
