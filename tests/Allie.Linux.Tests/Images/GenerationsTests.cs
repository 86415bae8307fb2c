using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Images.Digests;
using Allie.Linux.Tests.Images.Digests;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Images;

/// <summary>What generations share, and what they never do. Real trees; stat and md5sum are the witnesses.</summary>
public sealed class GenerationsTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly ImageStore _store;

    public GenerationsTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _store = new(_temp.Path);
        Directory.CreateDirectory(_temp.At(".generations"));
        Directory.CreateDirectory(_temp.At(".work/f18"));
        Run("""
            mkdir -p etc usr/bin usr/lib dev
            echo one >etc/motd; echo same >etc/same; echo mode >etc/mode; echo time >etc/time; echo xattr >etc/xattr
            echo linked >usr/a; ln usr/a usr/b; echo apart >usr/c; cp -a usr/c usr/d
            ln -s same etc/link; mknod dev/null c 1 3; cp /bin/true usr/bin/; truncate -s 1M usr/lib/hole; printf 'x' >"usr/$(printf 'n\nl\377')"
            """);
        Publish();
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Unchanged_files_are_shared_and_changed_ones_are_not()
    {
        CopyAgain("echo two >etc/motd; chmod 600 etc/mode; touch etc/time; setfattr -n user.x -v y etc/xattr; ln -sfn motd etc/link");

        Assert.Equal("etc/link etc/mode etc/motd etc/time etc/xattr", NotShared());
        Assert.Equal("name = \"f18\" generation = 2", Run("sed -n 2,3p etc/allie-image", ".generations/f18/2").Replace('\n', ' '));
    }

    [Fact]
    public void A_change_of_metadata_does_not_reach_an_older_generation()
    {
        var before = Manifest(1);

        CopyAgain("chmod 4755 etc/mode; touch -d @1 etc/time; setfattr -n user.x -v y etc/xattr; chown 7:7 etc/same; chmod 700 usr; setfacl -m u:9:r etc/motd 2>/dev/null || chmod 1 etc/motd");

        Assert.Equal(before, Manifest(1));
        Assert.NotEqual(before, Manifest(2));
        Assert.Empty(Faults(1));
        Assert.Empty(Faults(2));
    }

    [Fact]
    public void The_published_tree_is_the_work_tree()
    {
        Run("mkdir -p .work; cp -a f18/. .work/f18", "");
        Run("ln usr/c usr/e; rm usr/b; cp usr/a usr/b");
        var wanted = Manifest(_temp.At(".work/f18"));

        Publish();

        Assert.Equal(wanted, Manifest(2));
        Assert.Equal("usr/c usr/e", Run("find . -samefile usr/e -printf '%P\\n' | sort", ".generations/f18/2").Replace('\n', ' '));
    }

    [Fact]
    public void Two_files_that_an_older_generation_has_as_one_stay_two()
    {
        CopyAgain("cp -a usr/a x; rm usr/b; mv x usr/b");

        Assert.Equal("usr/a", Run("find . -samefile usr/a -printf '%P\\n'", ".generations/f18/2"));
        Assert.Equal("usr/b", Run("find . -samefile usr/b -printf '%P\\n'", ".generations/f18/2"));
    }

    [Fact]
    public void Files_copied_from_a_generation_and_not_touched_are_shared_without_being_read_and_touched_ones_are_found_by_their_ctime()
    {
        Run("rm -rf .work; mkdir .work; cp -a f18/. .work/f18", "");
        Run("until [ $(($(date +%s%N) - $(stat -c %.9Z usr | tr -d .))) -gt 150000000 ]; do :; done"); // the basis leaves out what changed within its last 0.1 s
        WorkBasis.Write(_store.BasisFile("f18"), 1, _temp.At(".work/f18"));
        Run("t=$(stat -c %y etc/motd); printf 'TWO' | dd of=etc/motd conv=notrunc status=none; touch -d \"$t\" etc/motd"); // same size, same time
        Run("echo rot >.generations/f18/1/etc/same", ""); // would be seen as a difference if it were read

        Publish();

        Assert.Equal("etc/motd", NotShared());
        Assert.Equal(["changed /etc/same"], Faults(2));
    }

    [Fact]
    public void The_list_that_PCs_compare_with_is_the_trees_whether_its_files_were_read_or_known_from_the_generation_before()
    {
        Assert.Equal(DigestsRead(1), _store.DigestsOf("f18", 1)!.Format());
        Run("rm -rf .work; mkdir .work; cp -a f18/. .work/f18", "");
        Run("until [ $(($(date +%s%N) - $(stat -c %.9Z usr | tr -d .))) -gt 150000000 ]; do :; done");
        WorkBasis.Write(_store.BasisFile("f18"), 1, _temp.At(".work/f18"));
        Run("echo two >etc/motd; rm usr/b; ln usr/a usr/lib/b; rm etc/time; mkdir lost+found; touch lost+found/x; ln etc/same etc/again");

        Publish();

        Assert.Equal(DigestsRead(2), _store.DigestsOf("f18", 2)!.Format());
    }

    [Theory]
    [InlineData("t=$(stat -c %y etc/same); printf 'SAME' | dd of=etc/same conv=notrunc status=none; touch -d \"$t\" etc/same", "changed /etc/same")]
    [InlineData("rm etc/same", "changed /etc missing /etc/same")]
    [InlineData("d=$(stat -c %y etc); touch etc/new; touch -d \"$d\" etc", "extra /etc/new")]
    [InlineData("chmod 777 etc/mode", "changed /etc/mode")]
    [InlineData("setfattr -n user.y -v z etc/xattr", "changed /etc/xattr")]
    public void Rot_is_found_whatever_its_size_and_time_say(string rot, string found)
    {
        Assert.Empty(Faults(1));

        Run(rot, ".generations/f18/1");

        Assert.Equal(found, string.Join(' ', Faults(1)));
    }

    [Fact]
    public void A_number_is_not_given_twice()
    {
        CopyAgain("echo two >etc/motd");
        _store.MakeCurrent("f18", 1);
        _store.RemoveGeneration("f18", 2);

        CopyAgain("echo three >etc/motd");

        Assert.Equal([1, 3], _store.GenerationsOf("f18"));
    }

    [Fact]
    public void A_held_image_keeps_its_current_and_a_published_one_waits()
    {
        _store.Hold("f18", "exam");

        CopyAgain("echo two >etc/motd");

        Assert.Equal((1, "exam"), (_store.Current("f18"), _store.HoldReason("f18")));
        Assert.Equal([1, 2], _store.GenerationsOf("f18"));
    }

    [Fact]
    public void A_generation_that_a_process_stands_in_is_in_use()
    {
        using var reader = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", ["60"]) { WorkingDirectory = _temp.At("f18/etc") })!;
        try
        {
            Assert.Contains(($"process {reader.Id}", 1), GenerationUse.Look(_store, _temp.At("none")).Of("f18"));
        }
        finally
        {
            reader.Kill();
            reader.WaitForExit();
        }
    }

    [Fact]
    public void Reports_are_read_and_those_that_are_a_link_or_rubbish_are_named()
    {
        _temp.Write("reports/a/report.json", """{"images":[{"name":"f18","generation":1,"slot":"b"}]}""");
        _temp.Write("reports/b/report.json", "{");
        _temp.Write("reports/c/report.json", "{\"x\":\"" + new string('x', ReportedImages.MostBytes) + "\"}");
        Run("mkdir -p reports/d reports/e; ln -s ../a/report.json reports/d/report.json; mkfifo reports/e/report.json", "");

        var use = GenerationUse.Look(_store, _temp.At("reports"));

        Assert.Equal([("PC a", 1)], use.Of("f18"));
        Assert.Equal(["b", "c", "d", "e"], use.Unreadable.Select(u => Path.GetFileName(Path.GetDirectoryName(u))!));
    }

    [Fact]
    public void A_mount_in_the_work_tree_stops_the_publish_and_the_old_generation_stays()
    {
        Run("mkdir -p .work; cp -a f18/. .work/f18", "");
        var (before, tree) = (Manifest(1), _temp.At(".work/f18/usr/lib"));
        Run($"mount -t tmpfs none {tree} && touch {tree}/x");
        try
        {
            Assert.Contains("link", Assert.ThrowsAny<IOException>(Publish).Message);
        }
        finally
        {
            Run($"umount {tree}");
        }

        Assert.Equal((1, before), (_store.Current("f18"), Manifest(1)));
        Publish();
        Assert.Equal(2, _store.Current("f18"));
    }

    private byte[] DigestsRead(int generation)
    {
        using var tree = ImageRoot.Open(_store.TreeOf("f18", generation));
        return ReadDigests.Of(tree).Format();
    }

    private void Publish() => new Publisher(_store, "f18").Publish(DateTime.UtcNow);

    private void CopyAgain(string change)
    {
        Run("rm -rf .work; mkdir .work; cp -a f18/. .work/f18", "");
        Run(change);
        Publish();
    }

    private IEnumerable<string> Faults(int generation) =>
        TreeHashes.Faults(_store.TreeOf("f18", generation), _store.CatalogueOf("f18", generation)!).Select(f => $"{f.Kind} {f.Path}");

    /// <summary>Paths of generation 2 whose inode is not in generation 1, without what every generation has of its own.</summary>
    private string NotShared() => Run(
        "comm -13 <(find .generations/f18/1 -printf '%i\\n' | sort) <(find .generations/f18/2 ! -type d -printf '%i\\n' | sort) | while read -r i; do find .generations/f18/2 -inum $i -printf '%P\\n'; done | grep -vE 'allie-image|lib/allie/(sparse|facts|paths|digests)' | sort", "").Replace('\n', ' ');

    private string Manifest(int generation) => Manifest(_store.TreeOf("f18", generation));

    private static string Manifest(string tree) => Shell.Run(
        "find . ! -name allie-image ! -path './var/lib/allie*' -printf '%p %y %m %U %G %T@ %s %l\\n' | sed 's/ d \\(.*\\) [0-9]* $/ d \\1/' | sort; find . -type f ! -name allie-image ! -path './var/*' -print0 | sort -z | xargs -0 md5sum; getfattr -R -h -d -m - . 2>/dev/null | sort", tree);

    private string Run(string script, string below = ".work/f18") => Shell.Run(script, _temp.At(below));
}
