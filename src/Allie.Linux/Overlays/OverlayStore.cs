using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>The overlays/ directory on the server. What is there already is never written over.</summary>
public sealed class OverlayStore(string hostPath) : IDisposable
{
    private readonly ImageRoot _root = Directory.Exists(hostPath)
        ? ImageRoot.Open(hostPath)
        : throw UserError.Refused($"there is no overlays directory {hostPath}", "make the store first: allie server init");

    public bool Has(string name) => _root.TryStat(ImagePath.Of(name)) is not null;

    public string Show(ImagePath path) => _root.Show(path);

    /// <summary>The steps whose result is not there, and the files that are there and stay.</summary>
    public (IReadOnlyList<StarterStep> Missing, IReadOnlyList<ImagePath> Kept) Compare(IEnumerable<StarterStep> steps)
    {
        var all = steps.ToLookup(s => _root.Exists(s.Path));
        return ([.. all[false]], [.. all[true].Where(s => !s.IsDirectory && !IsSame(s)).Select(s => s.Path)]);
    }

    /// <param name="steps">Parents first.</param>
    /// <param name="binary">The program that is copied where a step wants it.</param>
    public void Carry(IEnumerable<StarterStep> steps, string binary)
    {
        var now = ImageRoot.Now;
        foreach (var step in steps)
        {
            var metadata = FileMetadata.Root(step.Permissions, now);
            switch (step)
            {
                case { IsDirectory: true }:
                    _root.MakeDirectory(step.Path, metadata);
                    break;
                case { LinkTo: { } target }:
                    _root.WriteSymlink(step.Path, target, metadata);
                    break;
                case { Text: { } text }:
                    _root.WriteFile(step.Path, Encoding.UTF8.GetBytes(text), metadata);
                    break;
                default:
                    using (var source = ImageRoot.Open(Path.GetDirectoryName(binary)!))
                    {
                        _root.CopyFrom(source, ImagePath.Of(Path.GetFileName(binary)), step.Path, metadata);
                    }

                    break;
            }
        }

        _root.SyncFileSystem();
    }

    public void Dispose() => _root.Dispose();

    private bool IsSame(StarterStep step) => step switch
    {
        { LinkTo: { } target } => _root.Stat(step.Path).IsSymlink && _root.ReadLink(step.Path) == target,
        { Text: { } text } => _root.TryReadText(step.Path) == text,
        _ => false,
    };
}
