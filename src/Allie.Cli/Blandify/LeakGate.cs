using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;

namespace Allie.Cli.Blandify;

/// <summary>Before a tree becomes a generation: nothing in it tells which machine it was, but for what is accepted by name.</summary>
internal static class LeakGate
{
    private const int MostNamed = 3;

    /// <exception cref="UserError">Exit 2, with the first leaks.</exception>
    internal static void Require(Invocation call, ImageStore store, string image)
    {
        using var tree = ImageRoot.Open(store.WorkTree(image));
        var report = new BlandifyRun(tree, BlandifyState.Of(tree, store.BlandifyDirectory(image)), new RuleOptions(image), call.Runner).Scan(store.CopiedFiles(image));
        var mark = tree.TryReadText(InitramfsMark.File);
        var standing = report.Standing(AcceptLists.Read(call, image).WithRebuilt(mark)).GroupBy(l => l.Path).ToList();
        if (standing.Count > 0)
        {
            var named = string.Join(", ", standing.Take(MostNamed).Select(g => $"{g.Key} ({string.Join(", ", g.Select(l => l.Kind).Distinct())})"));
            throw UserError.Refused(
                $"cannot publish {image}: it still tells which machine it was, in {named}{(standing.Count > MostNamed ? $" and {standing.Count - MostNamed} more" : "")}",
                $"allie image blandify {image} -n names all and what to do; one that may stay: allie image blandify {image} --accept {standing[0].Key}");
        }

        if (InitramfsMark.Parse(mark) is { Count: > 0 } rebuilt)
        {
            Screen.Say($"allie: prep makes {string.Join(", ", rebuilt)} anew on each PC");
        }

        var secrets = report.Leaks.Count(l => !l.IsIdentity);
        if (secrets > 0)
        {
            Screen.Say($"allie: {image} holds {secrets} secrets that every PC will get; allie image blandify {image} -n names them");
        }
    }
}
