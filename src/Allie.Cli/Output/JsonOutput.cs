using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Allie.Cli.Output;

/// <summary>JSON on stdout, indented, one document per run. Keys are snake_case.</summary>
internal static class JsonOutput
{
    internal static void Print(JsonNode node)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(stdout, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(writer);
        }

        stdout.Write("\n"u8);
    }

    internal static JsonArray Array(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];
}
