using Allie.Files;
using Allie.Plans;

namespace Allie.Prep;

/// <summary>Decides what makes a fresh image the one of this PC.</summary>
public static class PersonalPlan
{
    private const int ReadOnlyForAll = 0x124;

    public static Plan<PersonalStep> Make(PersonalFacts facts)
    {
        var steps = new List<PersonalStep> { new(ImagePath.Of("etc/hostname"), "this PC's name", facts.HostName + "\n") };
        var hosts = HostsText.WithName(facts.NewHosts, facts.HostName);
        if (hosts != facts.NewHosts)
        {
            steps.Add(new(ImagePath.Of("etc/hosts"), "this PC's name", hosts));
        }

        if (facts.MachineId is not null)
        {
            // The same id in every image: it is the same PC to DHCP, journals and licences (machine-id(5)).
            steps.Add(new(ImagePath.Of("etc/machine-id"), "this PC's id", facts.MachineId + "\n", ReadOnlyForAll));
        }

        steps.AddRange(facts.Carried.Select(c => new PersonalStep(c.Path, c.Reason)));
        var fromOverlay = steps.Where(s => facts.FromOverlay.Contains(s.Path)).ToList();
        var fstab = Fstab.WithRoot(facts.NewFstab, facts.Label, facts.FileSystemType);
        if (!facts.FromOverlay.Contains(ImagePath.Of("etc/fstab")))
        {
            fstab = Fstab.WithSwap(fstab, facts.SwapUuids);
        }
        else if (Fstab.RootSpec(facts.NewFstab) == "LABEL=" + facts.Label)
        {
            fstab = facts.NewFstab; // every byte is the overlay's: the engine has named the label already (RootLabel), and would take our swap for drift
        }

        if (fstab != facts.NewFstab)
        {
            // Also over an overlay's fstab: with another root line the image would not start.
            steps.Add(new(ImagePath.Of("etc/fstab"), "label of the root file system, swap of this PC", fstab));
        }

        return new([.. steps.Except(fromOverlay)], [.. fromOverlay.Select(s => $"{s.Path} is the overlay's and stays")]);
    }
}
