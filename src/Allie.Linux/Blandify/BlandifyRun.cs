using Allie.Blandify;
using Allie.Blandify.Identities;
using Allie.Blandify.Leaks;
using Allie.Files;
using Allie.Linux.Blandify.Hooks;
using Allie.Linux.Blandify.Leaks;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Blandify;

/// <summary>
/// One tree: who it was, overlays out, rules, and a look at what is left. The caller holds the lock. Every change is in the undo journal before it is made; a killed
/// run is completed by the next, or undone.
/// </summary>
public sealed class BlandifyRun(ImageRoot root, BlandifyState state, RuleOptions options, IRunner runner)
{
    private const string RunDirectory = "/run/allie";

    /// <summary>Programs of the server that look at the tree after all rules; they need a private mount namespace.</summary>
    public IReadOnlyList<Hook> Hooks { get; init; } = [];

    /// <summary>Changes nothing: the leaks are those that would be left.</summary>
    public BlandifyResult Look()
    {
        var identity = state.Known().With(IdentityProbe.Collect(new ImageTreeView(root)));
        var overlays = OverlayRemoval.Find(root, isDryRun: true);
        var plan = RuleSet.Plan(new ImageTreeView(root), options);
        IReadOnlyList<TreeChange> changes = [.. overlays?.Changes() ?? [], .. plan.Steps, .. ByHooks(isDryRun: true)];
        var leaks = Leaks(identity, new(changes));
        return new(changes, [.. overlays?.Notes ?? [], .. plan.Notes, .. identity.Notes, .. leaks.Notes], leaks);
    }

    public BlandifyResult Carry()
    {
        var identity = state.Known().With(IdentityProbe.Collect(new ImageTreeView(root)));
        state.Remember(identity);
        state.Journal.Sweep();
        var changes = new List<TreeChange>();
        var notes = new List<string>();
        if (OverlayRemoval.Find(root, isDryRun: false) is { } overlays)
        {
            state.Journal.Begin(overlays.Save);
            changes.AddRange(overlays.Changes());
            notes.AddRange(overlays.Carry().Union(overlays.Notes));
            state.Remember(identity = identity.With(IdentityProbe.Collect(new ImageTreeView(root)))); // the image's own files may tell more
        }

        var plan = RuleSet.Plan(new ImageTreeView(root), options);
        if (!plan.IsEmpty)
        {
            state.Journal.Begin(saving =>
            {
                foreach (var change in plan.Steps)
                {
                    saving.Save(change);
                }
            });
            TreeChanger.Apply(root, plan.Steps);
            root.SyncFileSystem();
        }

        var byHooks = ByHooks(isDryRun: false);
        var leaks = Leaks(identity);
        return new([.. changes, .. plan.Steps, .. byHooks], [.. notes, .. plan.Notes, .. identity.Notes, .. leaks.Notes], leaks);
    }

    /// <summary>Looks for leaks alone, with what is known of the captured machine.</summary>
    /// <param name="searched">Files that need not be read: a published generation has them, which passed this.</param>
    public LeakReport Scan(Func<ImagePath, FileFacts, bool>? searched) => Leaks(state.Known().With(IdentityProbe.Collect(new ImageTreeView(root))), searched: searched);

    private IReadOnlyList<TreeChange> ByHooks(bool isDryRun)
    {
        if (Hooks.Count == 0)
        {
            return [];
        }

        using var room = HookRoom.Of(root, RunDirectory);
        room.Run(Hooks, options.Label, isDryRun, runner);
        var done = new HookChanges(root, room.Upper);
        var changes = done.Changes; // before it is carried out: it tells what was there
        if (!isDryRun && changes.Count > 0)
        {
            state.Journal.Begin(done.Save);
            done.Carry();
            root.SyncFileSystem();
        }

        return changes;
    }

    private LeakReport Leaks(Identity identity, PlannedPlaces? planned = null, Func<ImagePath, FileFacts, bool>? searched = null) =>
        new LeakScan(root, identity, planned, new(runner), searched).Run();
}
