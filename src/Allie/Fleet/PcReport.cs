using System.Text.Json;
using System.Text.Json.Nodes;
using Allie.Files;
using Allie.Overlays.Templates;

namespace Allie.Fleet;

/// <summary>
/// report.json: what a PC says of itself and of each of its images, schema 1. Written on the PC after each run; on the server it is a stranger's word: facts of it
/// fill in templates that are shown, and decide nothing.
/// </summary>
public static class PcReport
{
    /// <summary>Below our state directory on the PC, and below reports/H on the server.</summary>
    public const string Name = "report.json";

    /// <summary>Bytes; what is longer was not written by us.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>Count of files whose copy of before is the same as ours.</summary>
    public const string Adopted = "undo_from_adoption";

    private const int MostImages = 16;
    private const int MostFailed = 20;
    private const int MostNewDefaults = 40;
    private const int MostText = 200;

    private static readonly string[] MachineTexts = ["fqdn"];
    private static readonly string[] MachineLists = ["addresses", "macs"];
    private static readonly string[] ImageTexts = ["machine_id", "root_label", "generation", "distro.id", "distro.version"];

    /// <summary>The report with this image's part as it is now; the parts of the other images stay.</summary>
    /// <param name="old">The last one; anything that is none counts as none.</param>
    /// <param name="pc">Of the machine: host, sent_at, kernel, ...</param>
    /// <param name="image">Of the image.</param>
    public static string With(string? old, JsonObject pc, ImageReport image)
    {
        var mine = Json(image);
        var before = (TryParse(old)?["images"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        var others = before.Where(i => Text(i["slot"]) != image.Slot).Take(MostImages - 1).Select(i => i.DeepClone());
        if (!image.Counts.ContainsKey(Adopted) && before.FirstOrDefault(i => Text(i["slot"]) == image.Slot)?["counts"] is JsonObject counts && counts[Adopted] is { } same)
        {
            mine["counts"]![Adopted] = same.DeepClone(); // a run with nothing to do has not counted it anew
        }

        var report = new JsonObject { ["schema"] = 1 };
        foreach (var (key, value) in pc)
        {
            report[key] = value?.DeepClone();
        }

        report["facts"] = Facts(image.Facts, MachineTexts, MachineLists);
        report["images"] = new JsonArray([.. others.Append(mine)]);
        return report.ToJsonString() is { Length: <= Largest / 2 } text ? text + "\n" : Short(report, mine);
    }

    /// <summary>What the PC knows and the server does not, for one of its images; nothing where the report does not say it.</summary>
    /// <exception cref="FormatException">It is no report.</exception>
    public static TemplateValues Facts(string report, string image)
    {
        var root = Parse(report);
        var own = (root["images"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(i => Text(i["name"]) == image)?["facts"] as JsonObject;
        var machine = root["facts"] as JsonObject;
        return TemplateValues.Of(
            MachineTexts.Select(n => KeyValuePair.Create(n, Text(machine?[n]))).Concat(ImageTexts.Select(n => KeyValuePair.Create(n, Text(own?[n])))),
            MachineLists.Select(n => KeyValuePair.Create<string, IReadOnlyList<string>>(n, [.. ((machine?[n] as JsonArray) ?? []).Select(Text).Where(t => t.Length > 0).Take(64)])));
    }

    /// <summary>What packages left beside overlay files of an image, in the image, as the PC shows the names.</summary>
    /// <exception cref="FormatException">It is no report.</exception>
    public static IReadOnlyList<string> NewDefaults(string report, string image) =>
        [.. ((Parse(report)["images"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(i => Text(i["name"]) == image)?["new_defaults"] as JsonArray ?? [])
            .Select(Text).Where(t => t.StartsWith('/')).Take(MostNewDefaults)];

    private static JsonObject Parse(string report)
    {
        var root = TryParse(report) ?? throw new FormatException("it is no JSON object");
        return root["schema"] is JsonValue schema && schema.TryGetValue<int>(out var number) && number == 1 ? root : throw new FormatException("it is not of schema 1");
    }

    private static JsonObject? TryParse(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Json(ImageReport image) => new()
    {
        ["name"] = image.Name, ["slot"] = image.Slot, ["active"] = image.IsActive, ["generation"] = image.Generation, ["result"] = image.Result,
        ["counts"] = new JsonObject([.. image.Counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))]),
        ["failed"] = new JsonArray([.. image.Failed.Take(MostFailed).Select(f => (JsonNode)new JsonObject { ["path"] = Cut(f.Path.ToString()), ["layer"] = f.Layer, ["error"] = Cut(f.Reason) })]),
        ["failed_more"] = Math.Max(0, image.Failed.Count - MostFailed),
        ["new_defaults"] = new JsonArray([.. image.NewDefaults.Select(p => p.ToString()).Where(p => p.Length <= MostText).Take(MostNewDefaults).Select(p => (JsonNode)p)]),
        ["facts"] = Facts(image.Facts, ImageTexts, []),
    };

    /// <summary>Rather less than nothing: a report that is too long would not be read.</summary>
    private static string Short(JsonObject report, JsonObject mine)
    {
        mine["failed"] = new JsonArray();
        mine["new_defaults"] = new JsonArray();
        report["images"] = new JsonArray(mine.DeepClone());
        return report.ToJsonString() + "\n";
    }

    private static JsonObject Facts(TemplateValues values, string[] texts, string[] lists)
    {
        var facts = new JsonObject();
        foreach (var name in texts.Where(values.Texts.ContainsKey))
        {
            facts[name] = Cut(RawName.Display(values.Texts[name]));
        }

        foreach (var name in lists.Where(values.Lists.ContainsKey))
        {
            facts[name] = new JsonArray([.. values.Lists[name].Take(64).Select(v => (JsonNode)Cut(RawName.Display(v)))]);
        }

        return facts;
    }

    /// <summary>Empty for what is no text, is too long, or would move a terminal's cursor.</summary>
    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length <= MostText && !text.Any(char.IsControl) ? text : "";

    private static string Cut(string text) => text.Length <= MostText ? text : text[..MostText];
}
