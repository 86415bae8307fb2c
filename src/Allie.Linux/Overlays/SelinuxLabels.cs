using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>
/// SELinux labels are the image's, never an overlay's: what is replaced keeps its own; what is new gets its directory's, so that it is never without, and then
/// the one of the image's policy: restorecon(8) in the running image, setfiles(8) in another, where they are there. An image without labels gets none.
/// </summary>
/// <param name="root">The image.</param>
/// <param name="isRunning">It is the running one.</param>
/// <param name="runner">Runs restorecon and setfiles; null leaves the directory's label.</param>
internal sealed class SelinuxLabels(ImageRoot root, bool isRunning, IRunner? runner)
{
    private const string Label = "security.selinux";
    private const string SystemDirectories = "/usr/sbin:/sbin:/usr/bin:/bin"; // cron's PATH has no sbin

    private readonly List<ImagePath> _new = [];
    private (ImagePath Directory, byte[]? Label)? _last;

    /// <summary>The layer's metadata with the label that is meant for the place.</summary>
    /// <param name="metadata">Without a label.</param>
    /// <param name="path">Where it is going to be.</param>
    /// <param name="keep">What is there is replaced by one of its kind.</param>
    internal FileMetadata Labelled(FileMetadata metadata, ImagePath path, bool keep)
    {
        var own = keep && root.TryStat(path) is not null ? Of(path) : null;
        var label = own ?? OfDirectory(path.Parent);
        if (label is null)
        {
            return metadata;
        }

        if (own is null)
        {
            _new.Add(path);
        }

        return metadata with { Xattrs = new Dictionary<string, byte[]>(metadata.Xattrs) { [Label] = label } };
    }

    /// <summary>What the policy says for all that <see cref="Labelled"/> found to be new, and is there now.</summary>
    internal PathFault? Settle()
    {
        var paths = _new.Distinct().Where(root.Exists).ToList();
        _new.Clear();
        return Settle(paths);
    }

    /// <returns>A label that could not be set is no reason to take the file away; it is told.</returns>
    internal PathFault? Settle(IReadOnlyList<ImagePath> paths)
    {
        if (runner is null || paths.Count == 0 || Of(paths[0].Parent) is null || Words() is not { } words)
        {
            return null;
        }

        using var names = new MemoryStream();
        foreach (var path in paths)
        {
            names.Write(System.Text.Encoding.UTF8.GetBytes(root.HostPath.TrimEnd('/')));
            names.Write(System.Text.Encoding.Latin1.GetBytes("/" + root.RealPath(path).Raw + "\0"));
        }

        var outcome = runner.Run(new(words[0], words[1..]) { InputFrom = new MemoryStream(names.ToArray()) });
        return outcome.Ok ? null : new(paths[0], "", $"it is there, but {Path.GetFileName(words[0])} could not set its SELinux label (exit {outcome.ExitCode}: {outcome.LastWord})");
    }

    private string[]? Words()
    {
        if (isRunning)
        {
            return Find("restorecon") is { } restorecon ? [restorecon, "-i", "-0", "-f", "-"] : null;
        }

        var type = (root.TryReadText(ImagePath.Of("etc/selinux/config")) ?? "").Split('\n').Select(l => l.Trim())
            .LastOrDefault(l => l.StartsWith("SELINUXTYPE=", StringComparison.Ordinal))?["SELINUXTYPE=".Length..];
        var contexts = ImagePath.Of($"etc/selinux/{(type is { Length: > 0 } && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? type : "targeted")}/contexts/files/file_contexts");
        return root.TryStat(contexts) is { IsRegular: true } && Find("setfiles") is { } setfiles
            ? [setfiles, "-0", "-r", root.HostPath, "-f", "-", root.HostPath.TrimEnd('/') + "/" + root.RealPath(contexts).Raw]
            : null;
    }

    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:{SystemDirectories}".Split(':', StringSplitOptions.RemoveEmptyEntries).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    private byte[]? Of(ImagePath path) => root.Metadata(path).Xattrs.GetValueOrDefault(Label);

    private byte[]? OfDirectory(ImagePath directory)
    {
        if (_last is not { } last || last.Directory != directory)
        {
            _last = last = (directory, Of(directory));
        }

        return last.Label;
    }
}
