using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Images.Offer;
using CsCheck;
using Xunit;

namespace Allie.Tests.Images;

public class GenerationRulesTests
{
    private static readonly PruneFacts Facts = new("f41", [1, 2, 3, 4, 5], 3, false, [("stable", 1)], [("PC pc1", 2)]);

    [Fact]
    public void A_catalogue_reads_back_as_it_was_written() =>
        Gen.Select(Gen.Char['a', 'c'].Array[0, 5].Select(c => ImagePath.FromRaw(string.Join('/', c))), Gen.ULong).Array.Sample(all =>
        {
            var entries = all.DistinctBy(e => e.Item1).Select(e => new CatalogueEntry(e.Item1, e.Item2)).ToList();

            var read = Catalogue.Parse(Catalogue.Format(entries), "x");

            Assert.Equal(entries.ToDictionary(e => e.Path, e => e.Hash), read.Hashes);
        });

    [Fact]
    public void A_catalogue_that_rotted_itself_is_told_apart()
    {
        var bytes = Catalogue.Format([new(ImagePath.Of("etc/motd"), 7)]);
        for (var i = 0; i < bytes.Length; i++)
        {
            var rotten = bytes.ToArray();
            rotten[i] ^= 1;
            Assert.Contains("damaged", Assert.Throws<UserError>(() => Catalogue.Parse(rotten, "x")).Message);
        }
    }

    [Fact]
    public void Prune_leaves_current_tagged_used_and_newest() =>
        Assert.Equal([], PruneChoice.Decide(Facts, 2, []).Steps);

    [Fact]
    public void Prune_takes_what_nobody_needs_and_nothing_of_a_held_image_or_with_a_report_that_cannot_be_read()
    {
        var free = Facts with { Tags = [], InUse = [] };

        Assert.Equal(["f41@1", "f41@2", "f41@4"], PruneChoice.Decide(free, 1, []).Steps.Select(s => s.Target));
        Assert.Empty(PruneChoice.Decide(free with { Held = true }, 1, []).Steps);
        Assert.Empty(PruneChoice.Decide(free, 1, ["/srv/allie/reports/pc9/report.json"]).Steps);
    }

    [Theory]
    [InlineData("sha256:../../../../etc/shadow")]
    [InlineData("sha512:00")]
    [InlineData("")]
    public void A_digest_that_is_a_path_is_refused(string digest) =>
        Assert.Throws<UserError>(() => OciImage.PathOf(new(digest, "")));

    [Theory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData(".wh...")]
    public void A_whiteout_of_no_name_is_refused(string name) => Assert.Throws<UserError>(() => Whiteout.NameOf(name));

    [Fact]
    public void The_manifest_for_this_architecture_is_chosen()
    {
        var index = Encoding.UTF8.GetBytes("""{"manifests":[{"digest":"a","platform":{"os":"linux","architecture":"arm64"}},{"digest":"b","platform":{"os":"linux","architecture":"amd64"}}]}""");

        Assert.Equal("b", OciImage.Manifest(index, "amd64").Digest);
        Assert.Throws<UserError>(() => OciImage.Manifest(index, "s390x"));
        Assert.Throws<UserError>(() => OciImage.Manifest("[]"u8.ToArray(), "amd64"));
    }

    [Fact]
    public void Only_what_belongs_to_a_system_is_offered_with_its_root()
    {
        const string Fstab = """
            UUID=1 / ext4 defaults 0 1
            UUID=2 /boot ext4 defaults 0 2
            UUID=3 /boot/efi vfat umask=0077 0 1
            UUID=4 /home ext4 defaults 0 2
            UUID=5 /var xfs defaults 0 2
            UUID=6 /var/../home ext4 defaults 0 2
            nas:/x /opt/x nfs defaults 0 0
            /var/a /usr/b none bind 0 0
            """;

        Assert.Equal(["/boot", "/var"], SystemMounts.OfFstab(Fstab).Select(m => m.Point));
    }

    [Fact]
    public void Of_a_running_system_the_parts_are_told_from_what_is_left_out()
    {
        string[] lines =
        [
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw", "23 22 8:2 / /boot rw - ext4 /dev/sda2 rw", "24 22 8:3 / /home rw - ext4 /dev/sda3 rw",
            "25 22 0:5 / /proc rw - proc proc rw", "26 22 8:3 /data /var/data rw - ext4 /dev/sda3 rw", "27 22 8:4 / /var rw - xfs /dev/sda4 rw",
        ];

        var (parts, leftOut) = SystemMounts.OfMountinfo(lines);

        Assert.Equal(["/boot", "/var"], parts);
        Assert.Equal(["/home", "/var/data"], leftOut);
    }

    [Fact]
    public void Reports_protect_wherever_they_name_a_generation() =>
        Assert.Equal([("f41", 3), ("f42", 1)], ReportedImages.Parse("""{"image":"f41","generation":3,"slots":[{"name":"f42","generation":1},{"name":"x"}]}"""u8.ToArray())!);
}
