using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>Who needs which generation: PCs by their last report, and programs that read it at this moment (rsyncd serving a PC).</summary>
public sealed class GenerationUse
{
    private const string Report = "report.json";
    private readonly List<(string Who, string Image, int Generation)> _found = [];
    private readonly List<string> _unreadable = [];

    private GenerationUse()
    {
    }

    /// <summary>Reports that could not be read, as paths.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <param name="store">For the trees.</param>
    /// <param name="reports">reports/H/report.json; written by PCs, so nothing in there is followed or believed in size.</param>
    public static GenerationUse Look(ImageStore store, string reports)
    {
        var use = new GenerationUse();
        if (Directory.Exists(reports))
        {
            using var root = ImageRoot.Open(reports);
            foreach (var pc in root.Entries(ImagePath.Root).Where(e => e.Kind == FileKind.Directory).Select(e => e.Name))
            {
                use.Read(root, pc);
            }
        }

        use.Readers(store);
        return use;
    }

    public IReadOnlyList<(string Who, int Generation)> Of(string image) => [.. _found.Where(f => f.Image == image).Select(f => (f.Who, f.Generation))];

    private void Read(ImageRoot root, string pc)
    {
        var path = ImagePath.Root.Join(pc).Join(Report);
        try
        {
            if (!root.Exists(path))
            {
                return; // it has not reported yet
            }

            if (ReportedImages.Parse(root.ReadFile(path, ReportedImages.MostBytes)) is { } images)
            {
                _found.AddRange(images.Select(i => ($"PC {RawName.Display(pc)}", i.Image, i.Generation)));
                return;
            }
        }
        catch (Exception e) when (e is UserError or IOException)
        {
            // told of below, as one that is no JSON
        }

        _unreadable.Add(root.Show(path));
    }

    /// <summary>The root (chroot) or the working directory of a process is in a generation: it is being pulled, or looked at in a shell.</summary>
    private void Readers(ImageStore store)
    {
        var prefix = Path.GetFullPath($"{store.Directory}/{Generations.Directory}") + "/";
        foreach (var (id, directory) in ProcessTree.All())
        {
            foreach (var place in new[] { "root", "cwd" }.Select(n => LinkOf($"{directory}/{n}")).Where(p => p?.StartsWith(prefix, StringComparison.Ordinal) == true))
            {
                if (place![prefix.Length..].Split('/') is [var image, var number, ..] && Generations.Of([number]) is [var generation])
                {
                    _found.Add(($"process {id}", image, generation));
                }
            }
        }
    }

    private static string? LinkOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the process ended meanwhile
        }
    }
}
