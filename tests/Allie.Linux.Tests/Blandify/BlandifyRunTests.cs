using Allie.Blandify;
using Allie.Blandify.Leaks;
using Allie.Blandify.Undo;
using Allie.Files;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Overlays;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>A whole run on real trees, its undo, and what is remembered between runs.</summary>
public sealed class BlandifyRunTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private string _state = "state";

    public BlandifyRunTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _temp.Write("tree/etc/hostname", "pc07\n");
        _temp.Write("tree/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _temp.Write("tree/etc/fstab", "UUID=5d0c6a7e-1b2f-4c3d-8e9f-a0b1c2d3e4f5 / ext4 defaults 0 1\n");
        _temp.Write("tree/etc/ssh/ssh_host_rsa_key", "key of the machine");
        _temp.Write("tree/etc/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAA");
        _temp.Write("tree/srv/notes", "made on pc07\n");
        Shell.Run(
            """
            chown 7:8 etc/hostname; chmod 640 etc/hostname; setfattr -n user.note -v kept etc/hostname; setfacl -m u:9:r etc/fstab
            chmod 4711 etc/ssh/ssh_host_rsa_key; touch -d '2001-02-03 04:05:06.789' etc/hostname etc/fstab etc/machine-id etc/ssh/* etc/ssh etc
            """, _temp.At("tree"));
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Undo_gives_back_content_mode_owner_attributes_times_and_what_was_deleted()
    {
        var before = Manifest("tree");
        Carry();
        Assert.NotEqual(before, Manifest("tree"));

        Assert.Empty(Undo());

        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void Undo_goes_back_over_all_runs_to_the_first_state()
    {
        var before = Manifest("tree");
        Carry();
        File.Delete(_temp.At("tree/etc/hostname"));
        _temp.Write("tree/etc/hostname", "again\n");
        Carry();

        Assert.Equal(["/etc/hostname"], Undo().Select(p => p.ToString())); // what the administrator wrote in between was never blandify's to take
        Assert.Empty(Undo(overwrite: true));
        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void Undo_leaves_what_was_changed_since_and_tells_of_it()
    {
        Carry();
        _temp.Write("tree/etc/fstab", "LABEL=other / ext4 defaults 0 1\n");

        Assert.Equal(["/etc/fstab"], Undo().Select(p => p.ToString()));
        Assert.Equal("LABEL=other / ext4 defaults 0 1\n", File.ReadAllText(_temp.At("tree/etc/fstab")));
        Assert.Equal("key of the machine", File.ReadAllText(_temp.At("tree/etc/ssh/ssh_host_rsa_key")));
    }

    [Fact]
    public void A_run_killed_at_any_change_is_undone_whole()
    {
        var before = Manifest("tree");
        using var root = ImageRoot.Open(_temp.At("tree"));
        var plan = RuleSet.Plan(new ImageTreeView(root), "f42").Steps;
        Assert.True(plan.Count >= 4);
        for (var made = 0; made <= plan.Count; made++)
        {
            State(root).Remember(Allie.Blandify.Identities.Identity.None);
            State(root).Journal.Begin(saving => plan.ToList().ForEach(saving.Save));
            TreeChanger.Apply(root, plan.Take(made));
            _temp.Write("tree/etc/.allie-0123456789ab", "what a kill in the middle of a write leaves"); // the fault: here the process ended
            Assert.NotEqual(before, Manifest("tree"));

            Assert.Empty(State(root).Journal.Undo(overwrite: false));

            Assert.Equal(before, Manifest("tree"));
        }
    }

    [Fact]
    public void Every_kind_of_change_is_undone_wherever_a_kill_came()
    {
        _temp.Write("tree/boot/old-id/6.1/linux", "kernel");
        _temp.Write("tree/boot/loader/entries/old-id.conf", "linux /old-id/6.1/linux\n");
        _temp.Write("tree/var/log/messages", "log");
        _temp.Write("tree/var/cache/a/b/c", "cache");
        Shell.Run("mkfifo var/cache/a/fifo; ln -s /etc/passwd var/cache/a/link; chmod 2755 var/log; ln var/log/messages var/cache/a/twin; touch -h -d 2002-02-02 var/cache/a/link var/cache/a boot", _temp.At("tree"));
        var before = Manifest("tree");
        using var root = ImageRoot.Open(_temp.At("tree"));
        static TreeChange Change(string path, TreeAction kind, string? after = null) => new("t", ImagePath.Of(path), kind, "") { After = after };
        TreeChange[] plan =
        [
            Change("boot/old-id", TreeAction.Rename, "boot/ffff"), Change("boot/loader/entries/old-id.conf", TreeAction.Rename, "boot/loader/entries/ffff.conf"),
            Change("boot/loader/entries/ffff.conf", TreeAction.Write, "linux /ffff/6.1/linux\n"), Change("boot/ffff/6.1/note", TreeAction.Write, "new"),
            Change("var/log/messages", TreeAction.Truncate), Change("var/cache/a", TreeAction.RemoveTree), Change("var/new", TreeAction.MakeDirectory),
            Change("var/new/deep", TreeAction.MakeDirectory), Change("var/new/deep/file", TreeAction.Write, "x"), Change("etc/machine-id", TreeAction.Link, "/run/id"),
            Change("etc/fstab", TreeAction.Delete),
        ];
        for (var made = 0; made <= plan.Length; made++)
        {
            State(root).Remember(Allie.Blandify.Identities.Identity.None);
            State(root).Journal.Begin(saving => plan.ToList().ForEach(saving.Save));
            TreeChanger.Apply(root, plan.Take(made));
            Assert.Equal(made == 0, before == Manifest("tree"));

            Assert.Empty(State(root).Journal.Undo(overwrite: false));

            Assert.Equal(before, Manifest("tree"));
        }
    }

    [Fact]
    public void A_run_killed_while_it_saved_has_changed_nothing_and_leaves_nothing()
    {
        var before = Manifest("tree");
        using var root = ImageRoot.Open(_temp.At("tree"));
        State(root).Remember(Allie.Blandify.Identities.Identity.None);

        Assert.Throws<InvalidOperationException>(() => State(root).Journal.Begin(saving =>
        {
            saving.Entry(ImagePath.Of("etc/hostname"), UndoRecord.Any);
            throw new InvalidOperationException("killed");
        }));

        Assert.True(Directory.Exists(_temp.At("state/undo/1")));
        Assert.False(State(root).CanUndo);
        Assert.Equal(before, Manifest("tree"));
        State(root).Journal.Sweep();
        Assert.False(Directory.Exists(_temp.At("state/undo/1")));
    }

    [Fact]
    public void An_undo_that_was_killed_is_completed_by_the_next()
    {
        var before = Manifest("tree");
        Carry();
        Shell.Run("test -f state/undo/1/files/2 && ln -f state/undo/1/files/2 tree/etc/fstab && rm tree/etc/hostname && touch tree/etc/.allie-0123456789ab", _temp.Path); // one back, one on its way

        Assert.Empty(Undo());

        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void A_generation_that_shares_its_files_stays_as_it_was_also_through_an_undo()
    {
        Shell.Run("cp -al tree generation", _temp.Path);
        var before = Manifest("generation");

        Carry();
        Assert.Equal(before, Manifest("generation"));
        Undo();

        Assert.Equal(before, Manifest("generation"));
        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void A_journal_on_another_file_system_restores_as_well()
    {
        var before = Manifest("tree");
        Directory.CreateDirectory(_temp.At("other"));
        _state = "other/state";
        Shell.Run($"mount -t tmpfs none '{_temp.At("other")}'", _temp.Path);
        try
        {
            Carry();
            Assert.Empty(Undo());
        }
        finally
        {
            Shell.Run($"umount '{_temp.At("other")}'", _temp.Path);
        }

        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void Whose_it_was_is_known_to_the_second_run_too()
    {
        Assert.Equal("/srv/notes", Assert.Single(Carry().Leaks.Standing(AcceptList.None)).Path.ToString());

        var again = Carry();

        Assert.Empty(again.Changes);
        Assert.Equal("/srv/notes", Assert.Single(again.Leaks.Standing(AcceptList.None)).Path.ToString());
        Assert.Empty(again.Leaks.Standing(AcceptList.None.With(["/srv"])));
    }

    [Fact]
    public void Another_tree_of_the_same_name_has_nothing_of_the_first()
    {
        Carry();
        Shell.Run("mv tree first; cp -a first tree", _temp.Path);

        Assert.Empty(Carry().Leaks.Standing(AcceptList.None));
    }

    [Fact]
    public void A_dry_run_changes_and_keeps_nothing()
    {
        var before = Manifest(".");
        using (var root = ImageRoot.Open(_temp.At("tree")))
        {
            var result = new BlandifyRun(root, State(root), new("f42"), new Runner(TestContext.Current.CancellationToken)).Look();
            Assert.True(result.Changes.Count > 3);
            Assert.Single(result.Leaks.Standing(AcceptList.None));
        }

        Assert.Equal(before, Manifest("."));
    }

    [Fact]
    public void Captured_overlays_are_taken_out_first_and_an_undo_puts_them_back()
    {
        _temp.Write("layer/etc/motd", "the overlay's\n");
        _temp.Write("layer/etc/new/file", "new\n");
        _temp.Write("tree/etc/motd", "the image's\n");
        using (var root = ImageRoot.Open(_temp.At("tree")))
        using (var layer = ImageRoot.Open(_temp.At("layer")))
        {
            var engine = new OverlayEngine(root, ImagePath.Of("var/lib/allie"), ImagePath.Of("root/util/allie"));
            engine.Apply(engine.Plan([new("all", layer)]), [new("all", layer)]);
        }

        Assert.Equal("the overlay's\n", File.ReadAllText(_temp.At("tree/etc/motd")));
        var before = Manifest("tree");

        var result = Carry();

        Assert.Contains(result.Changes, c => c is { Op: "overlay", Path.Raw: "etc/motd" });
        Assert.Equal("the image's\n", File.ReadAllText(_temp.At("tree/etc/motd")));
        Assert.False(Directory.Exists(_temp.At("tree/etc/new")) || Directory.Exists(_temp.At("tree/var/lib/allie")));
        Assert.Empty(Carry().Changes);
        Assert.Empty(Undo());
        Assert.Equal(before, Manifest("tree"));
    }

    [Fact]
    public void What_publishing_and_blandify_put_beside_the_overlays_state_is_no_overlay()
    {
        Carry();
        foreach (var name in new[] { "sparse", "facts", "paths", "digests", "initramfs" })
        {
            _temp.Write("tree/var/lib/allie/" + name, "");
        }

        Assert.Empty(Carry().Changes);

        _temp.Write("tree/var/lib/allie/slot.json", "{}");
        Assert.Equal(["remove-tree /var/lib/allie"], Carry().Changes.Select(c => $"{c.Action} {c.Target}"));
    }

    private BlandifyState State(ImageRoot root) => BlandifyState.Of(root, _temp.At(_state));

    private BlandifyResult Carry()
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        return new BlandifyRun(root, State(root), new("f42"), new Runner(TestContext.Current.CancellationToken)).Carry();
    }

    private IReadOnlyList<ImagePath> Undo(bool overwrite = false)
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        return State(root).Journal.Undo(overwrite);
    }

    /// <summary>Everything of every entry but the time of access and of change of the inode.</summary>
    private string Manifest(string directory) => Shell.Run(
        """
        find . -path ./state -prune -o -printf '%p %y %m %U %G %T@ %l\n' | sort
        find . -path ./state -prune -o -type f -print0 | sort -z | xargs -0r md5sum
        find . -path ./state -prune -o ! -type l -print0 | sort -z | xargs -0r getfattr -h -d -m - 2>/dev/null
        """, _temp.At(directory));
}
