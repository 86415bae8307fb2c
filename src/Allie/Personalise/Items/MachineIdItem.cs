using Allie.Blandify;
using Allie.Blandify.Rules;
using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Personalise.Items;

/// <summary>The same id in every image of a PC: it is the same PC to DHCP, journals and licences (machine-id(5)).</summary>
internal sealed class MachineIdItem : IPersonalItem
{
    private const int ReadOnlyForAll = 0x124;
    private const string Reason = "this PC's id";
    private static readonly ImagePath File = ImagePath.Of("etc/machine-id");
    private static readonly ImagePath BusDirectory = ImagePath.Of("var/lib/dbus");
    private static readonly ImagePath BusFile = ImagePath.Of("var/lib/dbus/machine-id");

    public string Name => "machine-id";

    public string What => "the PC's machine-id, and the bus's link to it";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (Wanted(facts) is not { } id)
        {
            draft.Note("no source has a machine-id; the image makes one when it first starts");
            return;
        }

        // Before systemd the bus had the only one; where the image has the one in /etc, the bus reads that (dbus-uuidgen(1)).
        var systemd = SystemKind.HasSystemd(facts.New);
        var busAlone = !systemd && facts.New.Find(File) is null && facts.New.Find(BusDirectory) is not null;
        draft.Write(busAlone ? BusFile : File, id + "\n", Reason, busAlone ? null : ReadOnlyForAll);
        if (systemd && facts.New.Find(BusDirectory) is not null && facts.New.Find(BusFile) is not { IsSymlink: true })
        {
            draft.Add(new("", PersonalAction.Link, BusFile, "the bus has no id of its own") { Text = "/etc/machine-id" });
        }
    }

    internal static string? Wanted(PersonalFacts facts) =>
        facts.Choices.NewMachineId
            ? IdOf(facts.New) is { } own && facts.Sources.All(s => IdOf(s) != own) ? own : facts.FreshId
            : facts.Sources.Select(IdOf).FirstOrDefault(i => i is not null);

    /// <summary>32 hex digits, in the one place or the other; null for an empty, uninitialized or broken one.</summary>
    internal static string? IdOf(ITreeView tree) => new[] { File, BusFile }.Select(f => tree.Text(f)?.Trim()).FirstOrDefault(IsId);

    private static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower) && text.Trim('0').Length > 0;
}
