using Allie.Errors;
using Allie.Installers.Bootstrap;
using Allie.Linux.Images;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>
/// Asks the program that would make the tree whether it could: the suite, its signature, every package. It works in memory, in a file system of its own
/// that nobody else sees. Call MountNamespace.Enter first.
/// </summary>
public sealed class BootstrapLook(IRunner runner, string runDirectory)
{
    /// <param name="place">Where the tree is to be, for the errors.</param>
    /// <exception cref="UserError">It cannot be made, with the program's own words.</exception>
    public BootstrapOutlook Of(BootstrapRequest request, string place)
    {
        using var memory = MountScope.Mount("allie", "tmpfs", runDirectory, readOnly: false, hasDevices: true);
        var program = new BootstrapProgram(runner, request, place);
        return request.Maker switch
        {
            BootstrapMaker.Mmdebstrap => Mmdebstrap(program, request, memory.Path),
            BootstrapMaker.Debootstrap => Debootstrap(program, request, memory.Path),
            BootstrapMaker.Dnf => Dnf(program, request, memory.Path),
            _ => Oci(request),
        };
    }

    private BootstrapOutlook Mmdebstrap(BootstrapProgram program, BootstrapRequest request, string memory)
    {
        var (tree, names) = (memory + "/tree", new HashSet<string>());
        program.Run("mmdebstrap", MmdebstrapCall.Simulation(request, tree), line => names.UnionWith(PackageCount.Installs(line) is { } name ? [name] : []), scratch: memory);
        var told = runner.Run(new Command("apt-cache", ["-o", "Dir=" + tree, "-o", $"Dir::State::status={tree}/var/lib/dpkg/status", "--no-all-versions", "show", "--", .. names]));
        return Known("the mirror has each package and what it needs", PackageCount.OfApt(told.Output));
    }

    private BootstrapOutlook Debootstrap(BootstrapProgram program, BootstrapRequest request, string memory)
    {
        var tree = memory + "/tree";
        program.Run("debootstrap", DebootstrapCall.Simulation(request, tree), _ => { }, scratch: memory);
        var lists = Directory.EnumerateFiles(tree + "/var/lib/apt/lists", "*_Packages");
        if (DebootstrapCall.Missing(request, lists.SelectMany(File.ReadLines)) is [var missing, ..])
        {
            var word = "Unable to locate package " + missing;
            throw program.Failure(word, [word]);
        }

        return new("the mirror has the base and each package", ["what the packages need, their size, and the sources besides the first: debootstrap alone does not tell; mmdebstrap does"]);
    }

    private static BootstrapOutlook Dnf(BootstrapProgram program, BootstrapRequest request, string memory)
    {
        var lines = new List<string>();
        program.Run("dnf", DnfCall.Simulation(request, memory + "/tree"), lines.Add, DnfCall.IsEndOfSimulation);
        return Known("the repositories have each package and what it needs", PackageCount.OfDnf(string.Join('\n', lines)));
    }

    private BootstrapOutlook Oci(BootstrapRequest request)
    {
        var source = new SourceTree(runner, request.From!);
        var isLayout = source.Kind() == ImportKind.OciLayout;
        var release = isLayout ? source.OsRelease() ?? "" : "";
        var isKnown = request.Claimed is { } suite && TreeRelease.Require(release, suite, request.From!);
        return new(isKnown ? $"the image is {request.Claimed}" : isLayout ? "its layers are whole" : "it is there",
        [
            .. isLayout ? source.Notes : ["what is in the archive: it is read when it is unpacked"],
            .. isLayout && !isKnown && request.Claimed is { } claimed ? [$"whether it is {claimed}: its os-release has no such name"] : Array.Empty<string>(),
            "the room: packed layers do not tell it",
            .. request.Packages.Count > 0 ? ["the packages: the image's own apt fetches them"] : Array.Empty<string>(),
        ]);
    }

    private static BootstrapOutlook Known(string what, PackageCount? count) =>
        new(what, count is null ? ["the room: no sizes were told"] : []) { Count = count };
}
