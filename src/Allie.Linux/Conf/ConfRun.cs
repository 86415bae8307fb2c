using Allie.Conf;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Conf;

/// <summary>Runs the scripts of /root/conf of the running system one after another. One that fails does not stop the rest.</summary>
/// <param name="settings">Where the scripts, the state and the lock are.</param>
/// <param name="runner">Runs them.</param>
/// <param name="configFile">The settings file that was named, handed on to scripts that call allie again.</param>
public sealed class ConfRun(PcSettings settings, IRunner runner, string? configFile)
{
    /// <summary>Prep of a slot is a script, and a whole image over a slow line takes its time.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    /// <summary>What would run now.</summary>
    public IReadOnlyList<string> Scripts()
    {
        var names = new List<string>();
        for (var name = Next(null); name is not null; name = Next(name))
        {
            names.Add(name);
        }

        return names;
    }

    /// <param name="ended">Called after each.</param>
    /// <exception cref="UserError">Exit 4: another run is under way.</exception>
    public IReadOnlyList<ScriptResult> Run(Action<ScriptResult> ended)
    {
        using var held = FileLock.Take(Path.Combine(settings.Run, "conf.lock"), $"{settings.Conf} on this PC");
        var results = new List<ScriptResult>();
        for (var name = Next(null); name is not null; name = Next(name))
        {
            var result = RunOne(name);
            ended(result);
            results.Add(result);
        }

        return results;
    }

    public string LogOf(string name) => Path.Combine(settings.State, "conf", name + ".log");

    private string? Next(string? last)
    {
        if (!Directory.Exists(settings.Conf))
        {
            return null;
        }

        using var conf = ImageRoot.Open(settings.Conf);
        var names = conf.List(ImagePath.Root);
        for (var name = ConfScripts.Next(names, last); name is not null; name = ConfScripts.Next(names, name))
        {
            // A link (00overlay -> ../util/allie) counts as what it leads to.
            var path = Path.Combine(settings.Conf, name);
            if (File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0)
            {
                return name;
            }
        }

        return null;
    }

    private ScriptResult RunOne(string name)
    {
        var environment = new Dictionary<string, string?> { ["ALLIE_ACTIVE"] = "1" };
        if (configFile is not null)
        {
            environment["ALLIE_CONFIG"] = Path.GetFullPath(configFile);
        }

        var script = new Script(runner, LogOf(name), Limit);
        script.ClearLog();
        return script.Run(name, Path.Combine(settings.Conf, name), environment);
    }
}
