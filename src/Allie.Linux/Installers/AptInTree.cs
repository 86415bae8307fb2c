using Allie.Blandify;
using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>Adds packages to a tree of the Debian family by its own apt, in a room that has no disks and where no service starts.</summary>
public sealed class AptInTree(IRunner runner)
{
    private const string Policy = "usr/sbin/policy-rc.d";
    private static readonly ImagePath Names = ImagePath.Of("etc/resolv.conf");

    public void Install(BootstrapRequest request, string directory, Action<string> onStage)
    {
        using var root = ImageRoot.Open(directory);
        Require(root, request);
        var hadNames = root.Exists(Names) && request.Maker == BootstrapMaker.Oci; // debootstrap copies the machine's own
        TreeMarks.BeforeKernel(root, request.Fstab);
        if (request.Sources.Count > 0)
        {
            TreeMarks.Write(root, "etc/apt/sources.list", string.Join('\n', request.Sources) + "\n");
        }

        if (!root.Exists(Names))
        {
            TreeMarks.Write(root, Names.Raw, "");
        }

        TreeMarks.Write(root, Policy, "#!/bin/sh\nexit 101\n", 0x1ED);
        using (var room = new EditRoom(directory))
        {
            room.Furnish();
            onStage("apt in the tree: reading the package lists");
            Apt(room, request, directory, "update");
            onStage($"apt in the tree: installing {request.Packages.Count} packages and what they need");
            Apt(room, request, directory, ["install", "-y", "--no-install-recommends", "--", .. request.Packages]);
            Apt(room, request, directory, "clean");
        }

        root.RemoveFile(ImagePath.Of(Policy));
        foreach (var foreign in hadNames ? [] : new[] { "etc/resolv.conf", "etc/hostname" })
        {
            root.RemoveFile(ImagePath.Of(foreign));
        }
    }

    private static void Require(ImageRoot root, BootstrapRequest request)
    {
        if (!BootNeeds.IsDebian(new ImageTreeView(root)))
        {
            throw UserError.Refused($"cannot add packages to {request.Suite}: it has no apt and dpkg", "leave --packages out, then: allie image edit");
        }
    }

    private void Apt(EditRoom room, BootstrapRequest request, string directory, params IReadOnlyList<string> words)
    {
        var told = new List<string>();
        var outcome = runner.Run(room.Call(["apt-get", "-q", "-o", "Acquire::Languages=none", "-o", "APT::Sandbox::User=root", "-o", "APT::Update::Error-Mode=any", .. words]) with
        {
            Limit = TimeSpan.FromHours(2),
            OnLine = _ => { },
            OnErrorLine = line =>
            {
                if (line.StartsWith("E: ", StringComparison.Ordinal) || line.Contains("NO_PUBKEY"))
                {
                    told.Add(line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
                }
            },
        });
        if (!outcome.Ok)
        {
            throw new UserError($"cannot bootstrap {request.Suite} into {directory}: {(told.Count > 0 ? told[0] : outcome.LastWord)}", BootstrapHint.Of(request, [.. told, outcome.LastWord]));
        }
    }
}
