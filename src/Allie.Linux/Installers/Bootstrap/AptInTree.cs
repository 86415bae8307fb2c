using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Installers.Bootstrap;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Processes;
using Allie.Plans;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>Adds packages to a tree of the Debian family by its own apt, in a room that has no disks and where no service starts.</summary>
public sealed class AptInTree(IRunner runner)
{
    private static readonly ImagePath Policy = ImagePath.Of("usr/sbin/policy-rc.d");
    private static readonly ImagePath Names = ImagePath.Of("etc/resolv.conf");

    public void Install(BootstrapRequest request, string directory, string place, Action<string> onStage)
    {
        using var root = ImageRoot.Open(directory);
        Require(root, request);
        var (hadNames, oldPolicy) = (root.Exists(Names), root.Exists(Policy) ? root.ReadFile(Policy) : null);
        TreeMarks.BeforeKernel(root, request.Fstab);
        if (request.Sources.Count > 0)
        {
            TreeMarks.Write(root, "etc/apt/sources.list", string.Concat(request.Sources.Select(s => WithKey(root, s) + "\n")));
        }

        if (!root.Exists(Names))
        {
            TreeMarks.Write(root, Names.Raw, "");
        }

        TreeMarks.Write(root, Policy.Raw, "#!/bin/sh\nexit 101\n", 0x1ED);
        try
        {
            using var room = new EditRoom(directory);
            room.Furnish();
            onStage("apt in the tree: reading the package lists");
            Apt(room, request, place, _ => { }, "update");
            onStage($"apt in the tree: installing {Counted.Of(request.Packages.Count, "package")} and what they need");
            Apt(room, request, place, onStage, ["install", "-y", "--no-install-recommends", "--", .. request.Packages]);
            Apt(room, request, place, _ => { }, "clean");
        }
        finally
        {
            // A slot keeps what a failed run left, and no service would ever start there.
            root.RemoveFile(Policy);
            if (oldPolicy is not null)
            {
                TreeMarks.Write(root, Policy.Raw, Encoding.UTF8.GetString(oldPolicy), 0x1ED);
            }
        }

        var isDebootstrap = request.Maker == BootstrapMaker.Debootstrap; // it copies these two from the machine
        if (isDebootstrap || !hadNames)
        {
            root.RemoveFile(Names);
        }

        if (isDebootstrap)
        {
            root.RemoveFile(ImagePath.Of("etc/hostname"));
        }
    }

    private static void Require(ImageRoot root, BootstrapRequest request)
    {
        if (!BootNeeds.IsDebian(new ImageTreeView(root)))
        {
            throw UserError.Refused($"cannot add packages to {request.Suite}: it has no apt and dpkg", "leave --packages out, then: allie image edit");
        }
    }

    /// <summary>A key that only this machine has comes along, as apt in the tree reads the line too.</summary>
    private static string WithKey(ImageRoot root, string line)
    {
        if (DebLine.Parse(line).Option("signed-by") is not { } key || !File.Exists(key) || root.Exists(ImagePath.Of(key.TrimStart('/'))))
        {
            return line;
        }

        var copy = ImagePath.Of("etc/apt/keyrings/" + Path.GetFileName(key));
        root.PlaceFile(copy, File.ReadAllBytes(key));
        return line.Replace("signed-by=" + key, "signed-by=/" + copy.Raw, StringComparison.Ordinal);
    }

    private void Apt(EditRoom room, BootstrapRequest request, string place, Action<string> onStage, params IReadOnlyList<string> words)
    {
        var (told, begun) = (new List<string>(), new HashSet<string>());
        // The sources that are given are asked alone, not those that an OCI image has besides.
        string[] alone = request.Sources.Count > 0 ? ["-o", "Dir::Etc::SourceParts=/dev/null"] : [];
        var outcome = runner.Run(room.Call(["apt-get", "-q", "-o", "Acquire::Languages=none", "-o", "APT::Sandbox::User=root", "-o", "APT::Update::Error-Mode=any", .. alone, .. words]) with
        {
            Limit = TimeSpan.FromHours(2),
            OnLine = line =>
            {
                if (AptStage.Of(line) is { } stage && begun.Add(stage))
                {
                    onStage("apt in the tree: " + stage);
                }
            },
            OnErrorLine = line =>
            {
                if (BootstrapHint.Error(line) is { } error)
                {
                    told.Add(error);
                }
            },
        });
        if (!outcome.Ok)
        {
            throw new BootstrapProgram(runner, request, place).Failure(BootstrapHint.Word(told, outcome.LastWord), [.. told, outcome.LastWord]);
        }
    }
}
