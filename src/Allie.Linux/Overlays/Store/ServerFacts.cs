using Allie.Files;
using Allie.Fleet;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays.Store;

/// <summary>What the server knows of a PC for its templates: the hosts line and the image. The rest (macs, machine_id, fqdn) has no value here.</summary>
internal static class ServerFacts
{
    internal static TemplateValues Of(HostEntry? host, string image, ImageRoot? tree)
    {
        var stamp = tree?.TryReadText(ImagePath.Of(ImageStamp.Path)) is { } text ? ImageStamp.Parse(text, ImageStamp.Path) : null;
        var release = tree?.TryReadText(ImagePath.Of("etc/os-release")) ?? tree?.TryReadText(ImagePath.Of("usr/lib/os-release")) ?? "";
        var texts = new Dictionary<string, string>
        {
            ["host"] = host?.Name ?? "", ["image"] = image, ["generation"] = stamp is { Generation: > 0 } ? $"{stamp.Generation}" : "",
            ["distro.id"] = FactTexts.OsRelease(release, "ID"), ["distro.version"] = FactTexts.OsRelease(release, "VERSION_ID"),
        };
        foreach (var (tag, value) in host?.Tags ?? new Dictionary<string, string>())
        {
            texts[TemplateValues.Tag + tag] = value;
        }

        return TemplateValues.Of(texts, new Dictionary<string, IReadOnlyList<string>>
        {
            ["groups"] = host?.Groups ?? [], ["addresses"] = host?.Address is { } address ? [address] : [], ["macs"] = [],
        });
    }
}
