using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Plans;

namespace Allie.Cli.Fleet;

/// <summary>host: the server's hosts file, and the PCs' keys.</summary>
internal static class HostCommands
{
    internal static readonly Argument<string> Pc = new("PC") { Description = "A name of the hosts file, or a range: pc[01-40]" };
    private static readonly Argument<string[]> Words = new("WORD") { Description = "groups=A,B  groups+=A  groups-=A  images=I,J  addr=IP  tag.NAME=VALUE", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string[]> AddWords = new("WORD") { Description = "groups=A,B  images=I,J  addr=IP  tag.NAME=VALUE", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string[]> Keys = new("KEY") { Description = "groups, images, addr or tag.NAME", Arity = ArgumentArity.OneOrMore };

    internal static Command[] All(Verbs verbs) =>
    [
        .. HostLookCommands.All(verbs),
        verbs.Change("add", "Write a line for a new PC or range", Add, Pc, AddWords),
        verbs.Change("set", "Change groups, images, address or tags of PCs; other lines and comments stay as they are", Set, Pc, Words),
        verbs.Change("unset", "Take groups, images, address or tags of PCs out of the hosts file", Unset, Pc, Keys),
        verbs.Change("remove", "Take PCs out of the hosts file; their overlays, keys and reports stay", Remove, Pc),
        .. EnrolCommands.All(verbs),
    ];

    private static int Add(Invocation call)
    {
        HostChange[] changes = [.. (call.Get(AddWords) ?? []).Select(HostChange.Parse)];
        return Edit(call, "add", text => HostsEdit.Add(text, call.Get(Pc), changes));
    }

    private static int Set(Invocation call)
    {
        HostChange[] changes = [.. call.Get(Words).Select(HostChange.Parse)];
        return Edit(call, "set", text => HostsEdit.Set(text, call.Get(Pc), changes));
    }

    private static int Unset(Invocation call)
    {
        HostChange[] changes = [.. call.Get(Keys).Select(HostChange.Forget)];
        return Edit(call, "unset", text => HostsEdit.Set(text, call.Get(Pc), changes));
    }

    private static int Remove(Invocation call)
    {
        var word = call.Get(Pc);
        return Edit(call, "remove", text =>
        {
            var known = HostsFile.Parse(text, call.Server.Hosts);
            var gone = HostsFile.Expand(word).FirstOrDefault(n => known.Find(n) is null);
            if (gone is not null)
            {
                throw UserError.Refused($"{gone} has no line in the hosts file", "allie host list shows them");
            }

            Prompt.Confirm(call, $"take {word} out of the hosts file?");
            return HostsEdit.Remove(text, word);
        });
    }

    private static int Edit(Invocation call, string verb, Func<string, string> change)
    {
        Invocation.RequireRoot("host " + verb);
        var file = call.Server.Hosts;
        using var held = FileLock.Take(Path.Combine(call.Server.Store, ".hosts.lock"), "the hosts file");
        var old = File.Exists(file) ? File.ReadAllText(file) : "";
        var text = change(old);
        var plan = new Plan<PlainStep>([.. LineChanges(old, text)]);
        return call.Carry(plan, () =>
        {
            AtomicFile.Write(file, text);
            if (!call.Json)
            {
                PlanOutput.Print(call, plan, "changed");
                Console.Error.WriteLine("next: allie server conf");
            }
        });
    }

    /// <summary>Lines that go, and lines that come.</summary>
    private static IEnumerable<PlainStep> LineChanges(string old, string text)
    {
        var (before, after) = (old.Split('\n').ToList(), text.Split('\n').ToList());
        var same = 0;
        while (same < Math.Min(before.Count, after.Count) && before[same] == after[same])
        {
            same++;
        }

        var end = 0;
        while (end < Math.Min(before.Count, after.Count) - same && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return before[same..^end].Select(l => new PlainStep("-", l.Trim(), "as it was")).Concat(after[same..^end].Select(l => new PlainStep("+", l.Trim(), "hosts file")));
    }
}
