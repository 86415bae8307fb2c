using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Cli.Personalise;

/// <summary>The image and the systems that the identity comes from, opened once.</summary>
internal sealed class Roots : IDisposable
{
    private readonly Stack<IDisposable> _held = new();

    /// <exception cref="UserError">Exit 2: the image is the running system or one of the sources, or is no system at all.</exception>
    internal Roots(string directory, IReadOnlyList<string> sources)
    {
        try
        {
            Fresh = Open(directory);
            Sources = [.. sources.Select(s => Open(Path.GetFullPath(s)))];
            using var running = ImageRoot.Open("/");
            if (IsSame(Fresh, running))
            {
                throw UserError.Refused($"cannot personalise {directory}: it is the running system", "name the directory where the new image is mounted");
            }

            if (Sources.Any(s => IsSame(Fresh, s)))
            {
                throw UserError.Refused($"cannot personalise {directory}: --root and --from are the same tree");
            }

            if (Fresh.TryStat(ImagePath.Of("etc")) is null || Fresh.TryStat(ImagePath.Of("usr")) is null)
            {
                throw UserError.Refused($"cannot personalise {directory}: it holds no system, there is no etc or no usr", "is the image mounted there?");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal ImageRoot Fresh { get; }

    internal IReadOnlyList<ImageRoot> Sources { get; }

    /// <summary>The same lock that `apply` takes: two at one root would write the same files.</summary>
    internal FileLock Lock(string runDirectory)
    {
        var facts = Fresh.Stat(ImagePath.Root);
        return FileLock.Take(Path.Combine(runDirectory, $"apply-{facts.DeviceMajor}-{facts.DeviceMinor}-{facts.Inode}.lock"), Fresh.HostPath);
    }

    public void Dispose()
    {
        while (_held.TryPop(out var held))
        {
            held.Dispose();
        }
    }

    private static bool IsSame(ImageRoot left, ImageRoot right) =>
        left.Stat(ImagePath.Root) is var a && right.Stat(ImagePath.Root) is var b && a.SameDevice(b) && a.Inode == b.Inode;

    private ImageRoot Open(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw UserError.Refused($"cannot open {directory}: it is no directory");
        }

        var root = ImageRoot.Open(directory);
        _held.Push(root);
        return root;
    }
}
