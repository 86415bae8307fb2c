using System.Text.Json;
using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Images;

/// <summary>A blob of an OCI image layout: its digest, as "sha256:HEX", and its kind.</summary>
public sealed record OciBlob(string Digest, string MediaType);

/// <summary>Reads the JSON files of an OCI image layout (image-spec: image-layout.md, image-index.md, manifest.md).</summary>
public static partial class OciImage
{
    private const string Index = "application/vnd.oci.image.index.v1+json", DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>"blobs/sha256/HEX"; a digest of any other form could name a path outside.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static string PathOf(OciBlob blob) => Digest().IsMatch(blob.Digest)
        ? "blobs/" + blob.Digest.Replace(':', '/')
        : throw UserError.Refused($"cannot import: '{blob.Digest}' is no sha256 digest", "only sha256 is understood");

    public static bool IsIndex(OciBlob blob) => blob.MediaType is Index or DockerList;

    /// <summary>The manifest for this architecture ("amd64", "arm64"), or the only one there is.</summary>
    /// <exception cref="UserError">None, or several that do not say for what they are.</exception>
    public static OciBlob Manifest(ReadOnlyMemory<byte> index, string architecture) => Read(index, "index", root =>
    {
        var all = root.GetProperty("manifests").EnumerateArray().Select(m => (Blob: Blob(m), For: Platform(m))).ToList();
        var fit = all.Where(m => m.For == "linux/" + architecture).Concat(all.Where(m => m.For is null && all.Count == 1)).Select(m => m.Blob).ToList();
        return fit.Count > 0 ? fit[0] : throw UserError.Refused(
            $"cannot import: there is no image for linux/{architecture}", "it has: " + string.Join(", ", all.Select(m => m.For ?? "one that does not say for what")));
    });

    /// <summary>The layers, lowest first.</summary>
    public static IReadOnlyList<OciBlob> Layers(ReadOnlyMemory<byte> manifest) =>
        Read(manifest, "manifest", root => root.GetProperty("layers").EnumerateArray().Select(Blob).ToList());

    private static OciBlob Blob(JsonElement element) =>
        new(element.GetProperty("digest").GetString() ?? "", element.TryGetProperty("mediaType", out var type) ? type.GetString() ?? "" : "");

    private static string? Platform(JsonElement manifest) => manifest.TryGetProperty("platform", out var platform)
        ? $"{platform.GetProperty("os").GetString()}/{platform.GetProperty("architecture").GetString()}"
        : null;

    private static T Read<T>(ReadOnlyMemory<byte> text, string what, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw UserError.Refused($"cannot import: its {what} is not as the OCI image layout says", e.Message);
        }
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
