using System.Text.RegularExpressions;
using Allie.Blandify;
using Allie.Files;
using Allie.Plans;

namespace Allie.Personalise;

/// <summary>
/// Gives each file that is written the label that the image's own policy has for its path, so that no relabelling boot is needed. The
/// policy's file_contexts(5) is read here: setfiles(8) would follow the image's symlinks by path, and need not be installed.
/// </summary>
internal static class SelinuxLabels
{
    private static readonly ImagePath Config = ImagePath.Of("etc/selinux/config");
    private static readonly ImagePath Relabel = ImagePath.Of(".autorelabel");

    /// <summary>Where SELinux is on and its list is missing, the image relabels itself at its first start: a boot more.</summary>
    internal static Plan<PersonalStep> Add(ITreeView fresh, Plan<PersonalStep> plan)
    {
        if (Items.KeyLines.Get(fresh.Text(Config), "SELINUX") is null or "disabled" || !plan.Steps.Any(Creates))
        {
            return plan;
        }

        var type = Items.KeyLines.Get(fresh.Text(Config), "SELINUXTYPE") is { Length: > 0 } t && t.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? t : "targeted";
        if (FileContexts.Of(fresh, type) is { } contexts)
        {
            return plan with { Steps = [.. plan.Steps.Select(s => Creates(s) ? s with { Label = contexts.For(s.Path, KindOf(s)) } : s)] };
        }

        return fresh.Find(Relabel) is not null ? plan : new(
            [.. plan.Steps, new("selinux", PersonalAction.Write, Relabel, "its policy has no list of labels")],
            [.. plan.Notes, "SELinux is on in the image and its policy has no file_contexts: it relabels itself at its first start, and boots once more"]);
    }

    private static bool Creates(PersonalStep step) => step.Kind is not (PersonalAction.Delete or PersonalAction.Rename);

    private static FileKind? KindOf(PersonalStep step) => step.Kind switch
    {
        PersonalAction.Link => FileKind.Symlink,
        PersonalAction.Directory => FileKind.Directory,
        PersonalAction.Copy => null, // a directory, a file or a link
        _ => FileKind.Regular,
    };
}
