using Allie.Blandify;
using Allie.Files;
using Allie.Personalise;
using Allie.Plans;
using Allie.Tests.Blandify;

namespace Allie.Tests.Personalise;

/// <summary>Facts and plans over trees in memory.</summary>
internal static class Pc
{
    internal const string Id = "0123456789abcdef0123456789abcdef";
    internal static readonly string Placeholder = new('f', 32);

    internal static (string, string) Systemd => ("usr/lib/systemd/systemd", "");

    internal static PersonalFacts Facts(MemoryTree old, MemoryTree fresh) => new() { Sources = [old], New = fresh, Choices = PersonalChoices.Default, FreshId = new('e', 32) };

    internal static Plan<PersonalStep> Plan(PersonalFacts facts) => PersonalPlan.Make(facts);

    /// <summary>What one item would do.</summary>
    internal static IReadOnlyList<PersonalStep> Steps(PersonalFacts facts, string item) => [.. Plan(facts).Steps.Where(s => s.Item == item)];

    /// <summary>The tree with the plan carried out, and the claim that a second plan is empty.</summary>
    internal static MemoryTree Done(PersonalFacts facts)
    {
        var tree = (MemoryTree)facts.New;
        foreach (var step in Plan(facts).Steps)
        {
            Carry(facts, tree, step);
        }

        Xunit.Assert.Equal([], Plan(facts).Steps.Select(s => $"{s.Action} {s.Target}"));
        return tree;
    }

    internal static string? Text(this MemoryTree tree, string path) => tree.Text(ImagePath.Of(path));

    private static void Carry(PersonalFacts facts, MemoryTree tree, PersonalStep step)
    {
        TreeChange Change(TreeAction action, ImagePath path, string? after = null, int? mode = null) => new("", path, action, "") { After = after, Permissions = mode };
        var source = facts.Sources[step.Source];
        tree.Apply(step.Kind switch
        {
            PersonalAction.Copy when source.Find(step.Path) is { IsDirectory: true } => [Change(TreeAction.Write, step.Path.Join(".made"), "")],
            PersonalAction.Copy when source.LinkTarget(step.Path) is { } target => [Change(TreeAction.Link, step.Path, target)],
            PersonalAction.Convert => [Change(TreeAction.Write, step.Path, "-----BEGIN RSA PRIVATE KEY-----", 0x180)],
            PersonalAction.Copy => [Change(TreeAction.Write, step.Path, source.Text(step.Path), step.Permissions)],
            PersonalAction.Write => [Change(TreeAction.Write, step.Path, step.Text, step.Permissions)],
            PersonalAction.Link => [Change(TreeAction.Link, step.Path, step.Text)],
            PersonalAction.Delete => [Change(TreeAction.Delete, step.Path)],
            PersonalAction.Build => [Change(TreeAction.Write, step.Path, string.Join(' ', step.Words))],
            PersonalAction.Rename => [Change(TreeAction.Rename, step.From, step.Path.Raw)],
            PersonalAction.Directory => [Change(TreeAction.Write, step.Path.Join(".made"), "")],
            _ => [Change(TreeAction.Write, step.Path, "made here"), Change(TreeAction.Write, ImagePath.FromRaw(step.Path.Raw + ".pub"), "made here")],
        });
    }
}
