using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays.Server;

/// <summary>Which PC and which image a question is about, and the layers that these have.</summary>
/// <param name="Warnings">Why the answer may be another one than is expected: lines of the hosts file that are not there or are not understood.</param>
/// <param name="Notes">These, and what is not known of the PC.</param>
internal sealed record HostImage(string? Host, string Image, ImageRoot? Tree, IReadOnlyList<string> Layers, IReadOnlyList<string> Warnings, IReadOnlyList<string> Notes)
{
    internal static readonly Option<string?> HostOption = new("--host") { Description = "The PC's name in the hosts file (default: none; only all and the image's own layer)", HelpName = "H" };

    internal static readonly Option<string?> ImageOption = new("--image") { Description = "The image (default: those of the PC's hosts line)", HelpName = "I" };

    /// <summary>One for each image that is meant.</summary>
    /// <exception cref="UserError">Exit 2: no image is meant, or that of a PC without a line.</exception>
    internal static IReadOnlyList<HostImage> Of(Invocation call, ServerTrees trees)
    {
        var host = call.Get(HostOption);
        var entry = host is null ? null : trees.Hosts.Find(host);
        if (host is not null && entry is null && call.Get(ImageOption) is null)
        {
            throw UserError.Refused($"{host} has no line in the hosts file, so it is not known which image it has", "allie host list shows the PCs that have one; to ask for a PC without: --image IMAGE");
        }

        string[] images = call.Get(ImageOption) is { } one ? [ImageName.Check(one)] : [.. entry is { Images.Count: > 0 } ? entry.Images : trees.Images];
        if (images.Length == 0)
        {
            throw UserError.Refused("which image? None is published here", "name it: --image IMAGE");
        }

        string[] warnings = [.. trees.Hosts.Faults, .. host is not null && entry is null ? [$"{host} has no line in the hosts file: only all and the image's own layer are for it"] : Array.Empty<string>()];
        return [.. images.Select(i => new HostImage(host, i, trees.Image(i), LayerStack.For(i, entry), warnings, [.. warnings, .. trees.Reported(host, i).Note is { } note ? [note] : Array.Empty<string>()]))];
    }

    /// <summary>The path with the image's directory links followed.</summary>
    internal ImagePath Resolve(string named)
    {
        var path = ImagePath.Of(named);
        try
        {
            return Tree?.RealPath(path) ?? path;
        }
        catch (LinuxException)
        {
            return path; // a directory that the overlay makes
        }
    }

    internal IReadOnlyList<Provenance> Provenance(ImagePath path, IReadOnlyList<LayerSource> sources) =>
        Allie.Overlays.Layers.Provenance.Of(path, [.. sources.Select(s => ServerTrees.Scan(s, Tree))]);
}
