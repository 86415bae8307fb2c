using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays.Store;

/// <summary>What the server knows of a PC for its templates: the hosts line, the image, and what the PC's last report says of the rest (macs, machine_id, fqdn).</summary>
internal static class ServerFacts
{
    internal static TemplateValues Of(HostEntry? host, string image, ImageRoot? tree, TemplateValues? reported = null)
    {
        var stamp = tree?.TryReadText(ImagePath.Of(ImageStamp.Path)) is { } text ? ImageStamp.Parse(text, ImageStamp.Path) : null;
        var release = tree?.OsRelease() ?? "";
        var texts = new Dictionary<string, string>
        {
            ["host"] = host?.Name ?? "", ["image"] = image, ["generation"] = stamp is { Generation: > 0 } ? $"{stamp.Generation}" : "",
            ["distro.id"] = FactTexts.OsRelease(release, "ID"), ["distro.version"] = FactTexts.OsRelease(release, "VERSION_ID"),
        };
        foreach (var (tag, value) in host?.Tags ?? new Dictionary<string, string>())
        {
            texts[TemplateValues.Tag + tag] = value;
        }

        var known = TemplateValues.Of(texts, new Dictionary<string, IReadOnlyList<string>>
        {
            ["groups"] = host?.Groups ?? [], ["addresses"] = host?.Address is { } address ? [address] : [], ["macs"] = [],
        });

        // The hosts line is the server's word. Of the image it is the PC's: it may have another generation than the current one.
        return reported is null ? known : new(
            known.Texts.Concat(reported.Texts).GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Last().Value),
            known.Lists.Concat(reported.Lists.Where(l => l.Value.Count > 0)).GroupBy(l => l.Key).ToDictionary(g => g.Key, g => g.Last().Value));
    }
}
