using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>Who can log in to every PC that gets the image: people's accounts, root's password, and accounts without any.</summary>
internal static class UserReport
{
    private const string Op = "users-report";
    private const int Nobody = 65534;
    private static readonly ImagePath Passwd = ImagePath.Of("etc/passwd");
    private static readonly ImagePath Shadow = ImagePath.Of("etc/shadow");

    internal static IRule Rule { get; } = new CodeRule(
        Op, new("names people's accounts, accounts without a password, and that root has one", "they can log in to every PC that gets the image", RuleClass.Report, RuleDefault.Warn), Look);

    private static IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var first = FirstOfPeople(tree.Text(ImagePath.Of("etc/login.defs")) ?? "");
        var users = Fields(tree, Passwd, 7);
        var people = users.Where(u => int.TryParse(u[2], out var id) && id >= first && id != Nobody && HasShell(u[6])).Select(u => u[0]).ToList();
        if (people.Count > 0)
        {
            yield return new(Op, Passwd, TreeAction.Report, $"people's accounts are in every PC that gets the image: {string.Join(", ", people)}");
        }

        var hashes = Fields(tree, Shadow, 2);
        var open = users.Where(u => u[1].Length == 0).Select(u => u[0]).Concat(hashes.Where(h => h[1].Length == 0).Select(h => h[0])).Distinct().ToList();
        if (open.Count > 0)
        {
            yield return new(Op, Shadow, TreeAction.Report, $"needs no password to log in: {string.Join(", ", open)}");
        }

        if (hashes.Any(h => h[0] == "root" && h[1].StartsWith('$')))
        {
            yield return new(Op, Shadow, TreeAction.Report, "root's password is the same on every PC that gets the image, and its hash can be read by whoever can fetch it");
        }
    }

    private static bool HasShell(string shell) => shell.Length > 0 && shell.Split('/')[^1] is not ("nologin" or "false" or "sync" or "shutdown" or "halt");

    /// <summary>1000 unless the system says otherwise (login.defs(5)): 500 on EL6 and before.</summary>
    private static int FirstOfPeople(string definitions) =>
        definitions.Split('\n').Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w is ["UID_MIN", _, ..] && int.TryParse(w[1], out _)).Select(w => int.Parse(w[1])).LastOrDefault(1000);

    private static List<string[]> Fields(ITreeView tree, ImagePath file, int least) =>
        [.. (tree.Text(file) ?? "").Split('\n').Where(l => l.Length > 0 && l[0] is not ('#' or '+' or '-')).Select(l => l.TrimEnd('\r').Split(':')).Where(f => f.Length >= least)];
}
