using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Fleet;
using Allie.Overlays.Layers;

namespace Allie.Cli.Fleet;

internal static class HostLookCommands
{
    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Read("list", "The PCs of the hosts file", List),
        verbs.Read("show", "All about one PC: its groups, images and tags, its layers, its key, its report", Show, HostCommands.Pc),
    ];

    private static int List(Invocation call)
    {
        Invocation.RequireRoot("host list");
        var (hosts, pcs) = Read(call);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["hosts"] = new JsonArray([.. hosts.Entries.Select(h => (JsonNode)Json(h, pcs))]), ["faults"] = JsonOutput.Array(hosts.Faults),
            });
            return ExitCode.Ok;
        }

        foreach (var fault in hosts.Faults)
        {
            Console.Error.WriteLine("allie: " + fault);
        }

        var rows = hosts.Entries.Select(h => (string[])[h.Name, string.Join(',', h.Groups), string.Join(',', h.Images), h.Address ?? "", Enrolled(h.Name, pcs)]).Prepend(["PC", "GROUPS", "IMAGES", "ADDRESS", "ENROLLED"]).ToList();
        var widths = Enumerable.Range(0, 5).Select(c => rows.Max(r => r[c].Length)).ToArray();
        foreach (var row in rows)
        {
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
        }

        return ExitCode.Ok;
    }

    private static int Show(Invocation call)
    {
        Invocation.RequireRoot("host show");
        var (hosts, pcs) = Read(call);
        var name = call.Get(HostCommands.Pc);
        var host = hosts.Find(name) ?? throw UserError.Refused($"{name} has no line in the hosts file", "allie host list shows them");
        var layers = host.Images.ToDictionary(i => i, i => LayerStack.For(i, host).Where(l => Directory.Exists(Path.Combine(call.Server.Overlays, l))).ToArray());
        var fingerprint = pcs.Keys.TryGetValue(name, out var key) ? KeyStore.Fingerprint(call.Runner, key) : null;
        var report = new FileInfo(Path.Combine(call.Server.Reports, name, "report.json"));
        DateTime? reported = report.Exists ? report.LastWriteTimeUtc : null;
        var log = Path.Combine(call.Server.Reports, name, ApplyLog.Name);
        if (call.Json)
        {
            var json = Json(host, pcs);
            json["key"] = fingerprint;
            json["reported"] = reported?.ToString("yyyy-MM-ddTHH:mm:ssZ");
            json["log"] = File.Exists(log) ? log : null;
            json["layers"] = new JsonObject([.. layers.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)JsonOutput.Array(l.Value)))]);
            JsonOutput.Print(json);
            return ExitCode.Ok;
        }

        Console.Out.WriteLine($"{host.Name}");
        Line("groups", string.Join(", ", host.Groups));
        Line("images", string.Join(", ", host.Images));
        Line("address", host.Address ?? "");
        foreach (var (tag, value) in host.Tags)
        {
            Line("tag." + tag, value);
        }

        foreach (var (image, names) in layers)
        {
            Line($"layers of {image}", string.Join(' ', names));
        }

        Line("enrolled", Enrolled(name, pcs) + (fingerprint is null ? "" : " " + fingerprint));
        Line("last report", reported?.ToString("yyyy-MM-dd HH:mm 'UTC'") ?? "none");
        Line("log of its last run", File.Exists(log) ? log : "none");
        return ExitCode.Ok;
    }

    private static void Line(string what, string text) => Console.Out.WriteLine($"  {what}: {(text.Length > 0 ? text : "-")}");

    private static (HostsFile Hosts, EnrolledPcs Pcs) Read(Invocation call)
    {
        var file = call.Server.Hosts;
        return (HostsFile.Parse(File.Exists(file) ? File.ReadAllText(file) : throw UserError.Refused($"there is no hosts file {file}", "allie server init"), file), new KeyStore(call.Server).Read());
    }

    private static string Enrolled(string pc, EnrolledPcs pcs) =>
        pcs.Revoked.Contains(pc) ? "revoked" : (pcs.Keys.ContainsKey(pc), pcs.Secrets.Contains(pc)) switch { (true, true) => "key,secret", (true, _) => "key", (_, true) => "secret", _ => "" };

    private static JsonObject Json(HostEntry host, EnrolledPcs pcs) => new()
    {
        ["name"] = host.Name, ["groups"] = JsonOutput.Array(host.Groups), ["images"] = JsonOutput.Array(host.Images), ["address"] = host.Address,
        ["tags"] = new JsonObject([.. host.Tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))]), ["enrolled"] = Enrolled(host.Name, pcs),
    };
}
