using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Diff;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays.Diff;

/// <summary>Shows each step of a plan as a difference: what is there against what will be. Writes nothing.</summary>
/// <param name="root">The image.</param>
/// <param name="directory">Our state in it.</param>
/// <param name="layers">What the layers of the plan have, templates rendered.</param>
internal sealed class OverlayDifferences(ImageRoot root, ImagePath directory, LayerContents layers)
{
    private const long MostText = 1 << 20;

    private readonly OverlayState _state = new(root, directory);

    /// <summary>Steps that only take notes differ in nothing and are left out, but for what changed here since.</summary>
    /// <returns>Also the plan's faults, and paths that cannot be shown: a template with a mistake.</returns>
    internal (IReadOnlyList<PathDifference> Differences, IReadOnlyList<PathFault> Faults) Of(OverlayPlan plan)
    {
        var differences = new List<PathDifference>();
        var faults = new List<PathFault>(plan.Faults);
        foreach (var step in plan.Steps.Where(s => s.Do is not (OverlayAction.Adopt or OverlayAction.Forget)))
        {
            try
            {
                differences.Add(Of(step));
            }
            catch (Exception e) when (e is LinuxException or UserError)
            {
                faults.Add(new(step.Path, step.Wanted?.Layer ?? "", e.Message));
            }
        }

        return (differences, faults);
    }

    private PathDifference Of(OverlayStep step)
    {
        var (put, before, after) = (_state.Applied.Find(step.Path), new Place(root, step.Path), After(step));
        var (current, wanted) = (See(before), after is { } a ? See(a) : null);
        var same = current is not null && wanted is not null && SameContent(current, before, wanted, after!);
        var status = StatusLetters.Of(put.Kind, IsAsApplied(put, current, step.Path), current?.Facts.Kind, step.Do, wanted?.Facts.Kind, same);
        return new(step.Path, status, step.Why, step.Wanted?.Layer, current, wanted, same);
    }

    /// <summary>An entry of a tree; a template's result instead of its content.</summary>
    private sealed record Place(ImageRoot Root, ImagePath Path, byte[]? Rendered = null);

    private Place? After(OverlayStep step) => step.Do switch
    {
        OverlayAction.Left => new(root, step.Path),
        OverlayAction.Install or OverlayAction.MakeDirectory or OverlayAction.SetMetadata =>
            new(layers.Root(step.Wanted!), step.Wanted!.Source, layers.Rendered(step.Wanted!)),
        OverlayAction.Restore or OverlayAction.RemoveDirectory when _state.Undo.Find(step.Path) is { Kind: not (StateKind.None or StateKind.Absent) } undo =>
            new(root, undo.Stored),
        _ => null,
    };

    private static Side? See(Place at)
    {
        if (EntryComparer.See(at.Root, at.Path) is not { } sight)
        {
            return null;
        }

        var facts = at.Rendered is { } rendered ? sight.Facts with { Size = rendered.Length } : sight.Facts;
        var text = facts is { IsRegular: true, Size: <= MostText } ? Encoding.Latin1.GetString(at.Rendered ?? at.Root.ReadFile(at.Path, MostText)) : null;
        return new(facts, sight.Metadata, text?.Contains('\0') == true ? null : text, sight.Facts.IsSymlink ? at.Root.ReadLink(at.Path) : null);
    }

    private static bool SameContent(Side one, Place at, Side other, Place otherAt) =>
        one.Facts.Kind == other.Facts.Kind && one.Facts.Kind switch
        {
            FileKind.Regular => one.Facts.Size == other.Facts.Size && (otherAt.Rendered is { } rendered ? at.Root.ReadFile(at.Path).AsSpan().SequenceEqual(rendered) : at.Root.SameContent(at.Path, otherAt.Root, otherAt.Path)),
            FileKind.Symlink => one.LinkTo == other.LinkTo,
            FileKind.CharacterDevice or FileKind.BlockDevice =>
                (one.Facts.SpecialMajor, one.Facts.SpecialMinor) == (other.Facts.SpecialMajor, other.Facts.SpecialMinor),
            _ => true,
        };

    private bool IsAsApplied(StateEntry put, Side? current, ImagePath path) => put.Kind switch
    {
        StateKind.Absent => current is null,
        StateKind.Entry or StateKind.Directory => current is not null && See(new(_state.Applied.Root, put.Stored)) is { } was
            && was.Metadata.SameAs(current.Metadata) && SameContent(current, new(root, path), was, new(_state.Applied.Root, put.Stored)),
        _ => false,
    };
}
