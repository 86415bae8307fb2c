using Allie.Plans;

namespace Allie.Fleet;

/// <summary>What a new block changes in rsyncd.conf, module by module.</summary>
public static class RsyncdConfChange
{
    public static Plan<PlainStep> Between(string oldText, string newText, IReadOnlyList<string> notes)
    {
        var (old, now) = (RsyncdConf.ModulesOf(oldText), RsyncdConf.ModulesOf(newText));
        var steps = now.Where(m => !old.ContainsKey(m.Key)).Select(m => new PlainStep("add", m.Key, PathOf(m.Value)))
            .Concat(now.Where(m => old.TryGetValue(m.Key, out var was) && was != m.Value)
                .Select(m => new PlainStep("change", m.Key, "its settings differ from what stands there")))
            .Concat(old.Where(m => !now.ContainsKey(m.Key)).Select(m => new PlainStep("remove", m.Key, "nothing to serve under this name")))
            .ToList();
        if (steps.Count == 0 && oldText != newText)
        {
            steps.Add(new("change", "order", "same modules, written anew"));
        }

        return new(steps, notes);
    }

    private static string PathOf(string lines) =>
        lines.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("path = ", StringComparison.Ordinal)) ?? "daemon settings";
}
