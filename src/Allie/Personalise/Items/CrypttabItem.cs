using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>Encrypted devices, only those that a carried line of fstab mounts, with their key files.</summary>
internal sealed class CrypttabItem : IPersonalItem
{
    private const int KeyMode = 0x100; // 0400
    private const string Mapper = "/dev/mapper/";
    private static readonly ImagePath File = ImagePath.Of("etc/crypttab");
    private static readonly ImagePath Fstab = ImagePath.Of("etc/fstab");

    public string Name => "crypttab";

    public string What => "encrypted devices that carried mounts need, with their key files";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var before = facts.New.Text(File) ?? "";
        var needed = facts.Choices.Skip.Contains(FstabItem.ItemName) || facts.IsOverlays(Fstab) ? []
            : OwnMounts.Of(facts.Old.Text(Fstab) ?? "", facts.New.Text(Fstab) ?? "", facts).Lines
                .Where(l => l.Spec.StartsWith(Mapper, StringComparison.Ordinal)).Select(l => l.Spec[Mapper.Length..]).ToHashSet(StringComparer.Ordinal);
        var lines = (facts.Old.Text(File) ?? "").Split('\n').Where(l => needed.Contains(Field(l, 0))).ToList();
        foreach (var key in lines.Select(l => Field(l, 2)).Where(k => k.StartsWith('/') && !k.StartsWith("/dev/", StringComparison.Ordinal) && !k.Split('/').Contains("..")))
        {
            draft.Copy(0, ImagePath.FromRaw(key), "key of an encrypted device of this PC", KeyMode);
        }

        var text = OwnBlock.Put(before, [.. lines.Select(WithNoFail)]);
        if (text != before)
        {
            draft.Write(File, text, "encrypted devices of this PC's data mounts", facts.New.Find(File) is null ? 0x180 : null);
        }

        if (lines.Count > 0 && new[] { "usr/sbin/cryptsetup", "sbin/cryptsetup" }.All(p => facts.New.Find(ImagePath.Of(p)) is null))
        {
            draft.Note("the image has no cryptsetup: encrypted data mounts of this PC stay closed");
        }
    }

    private static string Field(string line, int number) =>
        line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is { } fields && fields.Length > number && fields[0][0] != '#' ? fields[number] : "";

    private static string WithNoFail(string line)
    {
        var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var options = fields.Length > 3 ? fields[3] : "";
        return options.Split(',').Contains("nofail") ? line
            : string.Join('\t', fields[0], fields[1], fields.Length > 2 ? fields[2] : "none", options.Length > 0 ? options + ",nofail" : "nofail");
    }
}
