using Allie.Errors;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>
/// Accounts are the image's, unless "users = uid>=N" says that this PC has its own: those are added by name, with their groups. The same
/// number under two names would give one person's files to another, so that is refused.
/// </summary>
internal sealed class UsersItem : IPersonalItem
{
    private const uint Nobody = 65534;
    private const string Reason = "accounts of this PC";

    public string Name => "users";

    public string What => "accounts, only with users = \"uid>=N\": merged by name, a clash of numbers is refused";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (facts.Choices.UsersFrom is not { } least)
        {
            return;
        }

        var passwd = Accounts(facts, "etc/passwd");
        var group = Accounts(facts, "etc/group");
        var users = passwd.Old.Where(u => u.Number >= least && u.Number < Nobody).ToList();
        var added = users.Where(u => IsNew(u, passwd.New, "user", "uid")).ToList();
        var names = users.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        var needed = group.Old.Where(g => users.Any(u => u.Fields[3] == g.Fields[2]) || (g.Number >= least && g.Number < Nobody)).ToList();
        var addedGroups = needed.Where(g => IsNew(g, group.New, "group", "gid")).ToList();

        var groupText = Append(group.Text, addedGroups.Select(g => g.Text));
        foreach (var shared in group.Old.Where(g => g.Fields[3].Split(',').Any(names.Contains)))
        {
            groupText = WithMembers(groupText, shared.Name, shared.Fields[3].Split(',').Where(names.Contains));
        }

        Put(facts, draft, "etc/group", groupText);
        Put(facts, draft, "etc/passwd", Append(passwd.Text, added.Select(u => u.Text)));
        foreach (var (file, who) in new[] { ("etc/shadow", added), ("etc/subuid", added), ("etc/subgid", added), ("etc/gshadow", addedGroups) })
        {
            var path = ImagePath.Of(file);
            if (facts.New.Text(path) is { } text)
            {
                var have = Names(text).ToHashSet(StringComparer.Ordinal);
                var lines = (facts.Old.Text(path) ?? "").Split('\n').Where(l => who.Any(w => l.StartsWith(w.Name + ":", StringComparison.Ordinal)) && !have.Contains(l.Split(':')[0]));
                Put(facts, draft, file, Append(text, lines));
            }
        }
    }

    private static (List<AccountLine> Old, List<AccountLine> New, string Text) Accounts(PersonalFacts facts, string file)
    {
        var path = ImagePath.Of(file);
        var text = facts.New.Text(path) ?? "";
        return ([.. AccountLine.All(facts.Old.Text(path))], [.. AccountLine.All(text)], text);
    }

    /// <exception cref="UserError">Exit 2: the number, or the name with another number, is there.</exception>
    private static bool IsNew(AccountLine line, IReadOnlyList<AccountLine> there, string what, string number)
    {
        if (there.FirstOrDefault(t => t.Name == line.Name) is { } same)
        {
            return same.Number == line.Number ? false
                : throw Clash($"{what} {line.Name} has {number} {line.Number} on this PC and {same.Number} in the image");
        }

        return there.FirstOrDefault(t => t.Number == line.Number) is { } other
            ? throw Clash($"{number} {line.Number} is {what} {line.Name} on this PC and {other.Name} in the image")
            : true;
    }

    private static UserError Clash(string what) =>
        UserError.Refused($"cannot merge the accounts: {what}", "give one of them another number, or take users out of [personalise] in allie.toml");

    private static IEnumerable<string> Names(string text) => text.Split('\n').Select(l => l.Split(':')[0]);

    private static string Append(string text, IEnumerable<string> lines) =>
        string.Concat(lines.Select(l => l + "\n").Prepend(text.Length == 0 || text.EndsWith('\n') ? text : text + "\n"));

    private static string WithMembers(string text, string group, IEnumerable<string> members) => string.Join('\n', text.Split('\n').Select(line =>
    {
        var fields = line.Split(':');
        return fields.Length < 4 || fields[0] != group ? line
            : string.Join(':', [.. fields[..3], string.Join(',', fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries).Union(members))]);
    }));

    private static void Put(PersonalFacts facts, PersonalDraft draft, string file, string text)
    {
        var path = ImagePath.Of(file);
        if (text != (facts.New.Text(path) ?? ""))
        {
            draft.Write(path, text, Reason);
        }
    }
}
