using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Installers.Bootstrap;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>
/// Makes a tree from packages, or of an OCI image, and looks at what came of it. Never installs a boot loader. Call MountNamespace.Enter
/// first: what is mounted meanwhile is then gone with us.
/// </summary>
public sealed class BootstrapRun(IRunner runner)
{
    /// <param name="request">What to make.</param>
    /// <param name="directory">Empty but for lost+found, or absent.</param>
    /// <param name="place">What the user calls it, for the errors.</param>
    /// <param name="onStage">Each stage as it begins, and at the end what the tree lacks.</param>
    /// <exception cref="UserError">With the program's own last error; the directory is then not complete.</exception>
    public void Run(BootstrapRequest request, string directory, string place, Action<string> onStage)
    {
        var aptInTree = new AptInTree(runner);
        void Call(string program, IReadOnlyList<string> arguments, Func<string, string?> stage)
        {
            onStage($"{program}: making {request.Suite}");
            new BootstrapProgram(runner, request, place).Run(program, arguments, line =>
            {
                if (stage(line) is { } begun)
                {
                    onStage(begun);
                }
            });
        }

        switch (request.Maker)
        {
            case BootstrapMaker.Mmdebstrap:
                Call("mmdebstrap", MmdebstrapCall.Arguments(request, directory), MmdebstrapCall.Stage);
                break;
            case BootstrapMaker.Debootstrap:
                Call("debootstrap", DebootstrapCall.Arguments(request, directory), DebootstrapCall.Stage);
                aptInTree.Install(request, directory, place, onStage);
                break;
            case BootstrapMaker.Dnf:
                using (var room = new RpmRoom(directory))
                {
                    Call("dnf", DnfCall.Arguments(request, directory), _ => null);
                }

                break;
            default:
                new OciBase(runner).Unpack(request.From!, directory, onStage);
                RequireRelease(request, directory, onStage);
                if (request.Packages.Count > 0)
                {
                    aptInTree.Install(request, directory, place, onStage);
                }

                break;
        }

        using var root = ImageRoot.Open(directory);
        if (request.Maker == BootstrapMaker.Dnf)
        {
            new MachineRpm(runner).PlaceDatabase(root, InstallerRelease.Parse(request.Suite));
            root.RemoveTree(ImagePath.Of("var/cache/dnf"));
        }

        TreeMarks.Fstab(root, request.Fstab);
        if (TreeMarks.Network(root))
        {
            onStage("allie: systemd-networkd is switched on, with DHCP on wired cards: nothing else would bring the network up");
        }

        foreach (var finding in Findings(root, request))
        {
            onStage("allie: the tree " + finding);
        }

        root.SyncFileSystem();
    }

    private static void RequireRelease(BootstrapRequest request, string directory, Action<string> onStage)
    {
        using var root = ImageRoot.Open(directory);
        var release = root.OsRelease();
        if (request.Claimed is { } suite && !TreeRelease.Require(release, suite, request.From!))
        {
            onStage($"allie: the image does not say whether it is {suite}; its os-release has no such name");
        }
    }

    /// <summary>What keeps it from starting on any PC. The tree is not refused for it: it may be meant so, or be completed by hand.</summary>
    private IEnumerable<string> Findings(ImageRoot root, BootstrapRequest request)
    {
        var tree = new ImageTreeView(root);
        var audit = new InitramfsRule(new RuleOptions("image") { ReadInitramfs = new InitramfsReader(root, runner).Read });
        return BootNeeds.Missing(tree, request.WithoutKernel).Concat(audit.Look(tree).Select(c => $"has {c.Path}, {c.Reason}"));
    }
}
