namespace Allie.Cli;

/// <summary>The founding document's commands are links to this binary; the name it was called by says which verb is meant.</summary>
internal static class FoundingNames
{
    internal static readonly IReadOnlyDictionary<string, string[]> Verbs = new Dictionary<string, string[]>
    {
        ["rsync-newdistro-daemon"] = ["offer"],
        ["rsync-newdistro-client"] = ["image", "capture"],
        ["blandify"] = ["image", "blandify"],
        ["rsync-image"] = ["image", "fetch"],
        ["00overlay"] = ["apply"],
        ["run-conf"] = ["conf", "run"],
        ["imageconf"] = ["imageconf"],
    };

    internal static string[] Expand(string calledAs, string[] args)
    {
        var name = Path.GetFileName(calledAs);

        // The seed's /etc/cron.hourly/*imageconf.cron, with any prefix that orders it among others.
        name = name.EndsWith("imageconf.cron", StringComparison.Ordinal) || name.EndsWith("imageconf", StringComparison.Ordinal) ? "imageconf" : name;
        if (args is ["--self-test", ..])
        {
            return [Overlays.SelfTestCommand.Name, .. args[1..]]; // as a switch: what a binary that is no allie, or an older one, does not mistake for a file
        }

        return Verbs.TryGetValue(name, out var verb) ? [.. verb, .. args] : args;
    }
}
