using System.Text;
using Allie.Conf;
using Allie.Config;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Conf;

/// <summary>
/// Runs the scripts of /root/conf/on-change after an apply to the running system. What is to run is written down before the image changes, so that a kill in
/// between, and a script that fails, only delay it to the next run.
/// </summary>
public sealed class OnChange(PcSettings settings, IRunner runner)
{
    private const int Execute = 0x49; // any x bit

    private readonly string _directory = Path.Combine(settings.Conf, "on-change");

    private string Pending => Path.Combine(settings.State, "on-change.pending");

    private Script Script => new(runner, Log, settings.OnChangeLimit);

    public string Log => Path.Combine(settings.State, "conf", "on-change.log");

    /// <summary>These paths are about to change.</summary>
    public void Expect(IReadOnlyCollection<ImagePath> paths)
    {
        if (paths.Count > 0 && Directory.Exists(_directory))
        {
            var old = Load();
            Save(old with { Paths = [.. old.Paths.Union(paths)] });
        }
    }

    /// <summary>The apply is over. Also runs what earlier runs left.</summary>
    /// <param name="expected">What <see cref="Expect"/> was told in this run.</param>
    /// <param name="changed">What did change: its scripts may have come with the same run.</param>
    public IReadOnlyList<ScriptResult> Run(IReadOnlyCollection<ImagePath> expected, IReadOnlyCollection<ImagePath> changed)
    {
        var old = Load();
        var now = old with { Paths = [.. old.Paths.Except(expected).Union(changed)] };
        var results = new List<ScriptResult>();
        var failed = new List<ImagePath>();
        if (Directory.Exists(_directory))
        {
            using var tree = ImageRoot.Open(_directory);
            var due = now.Due(p => tree.TryStat(p) is { IsRegular: true } facts && (facts.Permissions & Execute) != 0);
            if (due.Count > 0)
            {
                Script.ClearLog();
                Save(new([], due)); // a kill in the middle runs all of them once more
            }

            foreach (var script in due)
            {
                results.Add(RunOne(tree, script));
                failed.AddRange(results[^1].Ok ? [] : [script]);
            }
        }

        Save(new([], failed));
        return results;
    }

    private ScriptResult RunOne(ImageRoot tree, ImagePath script)
    {
        var result = Script.Run("on-change" + script, tree.Show(script), new Dictionary<string, string?> { ["ALLIE_ACTIVE"] = "1" });
        File.AppendAllText(Log, $"{result.Name}: exit {result.ExitCode}\n");
        return result;
    }

    private ChangedPaths Load() => ChangedPaths.Parse(File.Exists(Pending) ? File.ReadAllText(Pending, Encoding.Latin1) : "");

    private void Save(ChangedPaths pending)
    {
        if (!pending.IsEmpty)
        {
            PrivateDirectory.Make(settings.State);
            AtomicFile.Write(Pending, Encoding.Latin1.GetBytes(pending.Format()), 0x180);
        }
        else if (File.Exists(Pending))
        {
            File.Delete(Pending);
        }
    }
}
