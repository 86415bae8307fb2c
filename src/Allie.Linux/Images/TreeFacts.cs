using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>What is installed in a tree: packages and kernels. Nothing of the tree is run, and nothing written to it.</summary>
public sealed class TreeFacts(IRunner runner, string tree)
{
    private const long MostDatabase = 1L << 30; // bytes
    private static readonly ImagePath DpkgStatus = ImagePath.Of("var/lib/dpkg/status");
    private static readonly string[] RpmPlaces = ["usr/lib/sysimage/rpm", "var/lib/rpm"];
    private static readonly string[] RpmFiles = ["rpmdb.sqlite", "Packages.db", "Packages"];

    /// <summary>Kernels by the names of their module directories and images.</summary>
    public IReadOnlyList<string> Kernels()
    {
        using var root = ImageRoot.Open(tree);
        return [.. Names(root, "boot").Where(n => n.StartsWith("vmlinuz-", StringComparison.Ordinal)).Select(n => n["vmlinuz-".Length..])
            .Concat(Names(root, "lib/modules")).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Null with why when it cannot be told; null with no word when there is no package database.</summary>
    public (PackageSet? Packages, string? Why) Packages()
    {
        using var root = ImageRoot.Open(tree);
        if (root.TryStat(DpkgStatus) is { IsRegular: true })
        {
            return (PackageSet.OfDpkg(System.Text.Encoding.UTF8.GetString(root.ReadFile(DpkgStatus, MostDatabase))), null);
        }

        foreach (var place in RpmPlaces.Select(ImagePath.Of))
        {
            if (RpmFiles.Select(f => place.Join(f)).FirstOrDefault(f => TryStat(root, f) is { IsRegular: true }) is { IsRoot: false } database)
            {
                return Rpm(root, database);
            }
        }

        return (null, null);
    }

    /// <summary>rpm would write beside the database (locks, a journal), and generations never change: it gets a copy.</summary>
    private (PackageSet? Packages, string? Why) Rpm(ImageRoot root, ImagePath database)
    {
        using var scratch = new Scratch("/run/allie");
        foreach (var name in new[] { database.Name, database.Name + "-wal" }.Where(n => TryStat(root, database.Parent.Join(n)) is { IsRegular: true }))
        {
            using var from = root.OpenRead(database.Parent.Join(name));
            using var to = File.Create(Path.Combine(scratch.Path, name));
            from.CopyTo(to);
        }

        try
        {
            var backend = database.Name switch { "rpmdb.sqlite" => "sqlite", "Packages.db" => "ndb", _ => "bdb_ro" };
            var outcome = runner.Run(new Command(
                "rpm", "--dbpath", scratch.Path, "--define", $"_db_backend {backend}", "-qa", "--nosignature", "--nodigest", "--qf", @"%{NAME}.%{ARCH} %{EPOCH}:%{VERSION}-%{RELEASE}\n"));
            return outcome.Ok && outcome.Output.Length > 0
                ? (PackageSet.OfRpm(outcome.Output.Split('\n')), null)
                : (null, $"the server's rpm cannot read {root.Show(database)} ({backend}): {outcome.LastWord}");
        }
        catch (UserError)
        {
            return (null, $"{root.Show(database)} is an rpm database ({database.Name}), and rpm is not installed on this server");
        }
    }

    private static FileFacts? TryStat(ImageRoot root, ImagePath path)
    {
        try
        {
            return root.TryStat(path);
        }
        catch (LinuxException)
        {
            return null; // a loop of links
        }
    }

    private static IReadOnlyList<string> Names(ImageRoot root, string path)
    {
        try
        {
            return root.List(ImagePath.Of(path));
        }
        catch (LinuxException)
        {
            return [];
        }
    }
}
