using Allie.Config;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Fleet;

/// <summary>Files of shared layers that look like secrets: any PC of the layer can read them, and only host/H is one PC's alone.</summary>
public sealed class LayerSecrets(ServerSettings settings)
{
    private const int Head = 256;

    public IReadOnlyList<CheckFinding> Look()
    {
        var found = new List<CheckFinding>();
        if (Directory.Exists(settings.Overlays))
        {
            using var root = ImageRoot.Open(settings.Overlays);
            Look(root, ImagePath.Root, found);
        }

        return found;
    }

    private void Look(ImageRoot root, ImagePath directory, List<CheckFinding> found)
    {
        foreach (var path in root.List(directory).Select(directory.Join).Where(p => p.Raw != "host"))
        {
            var facts = root.Stat(path);
            if (facts.IsDirectory)
            {
                Look(root, path, found);
            }
            else if (facts.IsRegular && Secret(root, path) is { } what)
            {
                found.Add(new("secret", $"{settings.Overlays}{path} is {what}", "every PC that has this layer can read it, and who steals a PC's key too", "move it to overlays/host/PC/all/, for each PC its own"));
            }
        }
    }

    private static string? Secret(ImageRoot root, ImagePath path)
    {
        if (path.Name.EndsWith(".keytab", StringComparison.Ordinal))
        {
            return "a keytab";
        }

        try
        {
            using var file = root.OpenRead(path);
            var bytes = new byte[Head];
            var begin = System.Text.Encoding.Latin1.GetString(bytes, 0, file.ReadAtLeast(bytes, Head, throwOnEndOfStream: false));
            return begin.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? "a private key"
                : path.Name is "shadow" or "gshadow" && begin.Contains(":$", StringComparison.Ordinal) ? "a list of password hashes"
                : null;
        }
        catch (LinuxException)
        {
            return null; // it went away meanwhile
        }
    }
}
