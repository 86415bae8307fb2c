using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>Seeds for random numbers: the same one on every PC would give the same keys.</summary>
public sealed class RandomSeedRule : IRule
{
    private static readonly string[] Seeds =
    [
        "var/lib/systemd/random-seed", "var/lib/random-seed", "var/lib/urandom/random-seed", "var/lib/misc/random-seed",
        "var/lib/seedrng/seed.credit", "var/lib/seedrng/seed.no-credit", "boot/efi/loader/random-seed", "efi/loader/random-seed",
        "boot/loader/random-seed", "var/lib/systemd/credential.secret",
    ];

    public string Op => "random-seed";

    public RuleAbout About { get; } = new(
        "stored seeds for random numbers go", "all PCs would start from the same one");

    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        Seeds.Select(ImagePath.Of).Where(p => tree.Find(p) is { IsDirectory: false })
            .Select(p => new TreeChange(Op, p, TreeAction.Delete, "secret of one PC"));
}
