using Allie.Blandify;
using Allie.Blandify.Identities;
using Allie.Blandify.Leaks;
using Allie.Files;
using Allie.Linux.Blandify.Leaks;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>The scan on real files.</summary>
public sealed class LeakScanTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly Identity Pc07 = Identity.Of([new(TraitKind.HostName, "pc07"), new(TraitKind.MachineId, Id), new(TraitKind.Mac, "00:1b:21:3c:9d:f8")]);

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Contents_names_and_link_targets_are_searched()
    {
        _temp.Write("tree/srv/a", "first\non PC07 it was\nand pc07\n");
        _temp.Write("tree/srv/b", "MAC 00-1B-21-3C-9D-F8\n");
        _temp.Write("tree/srv/no", "pc071 xpc07 10123456789abcdef0123456789abcdef\n");
        _temp.Write("tree/log/pc07/x", "x");
        Shell.Run($"ln -s /var/lib/{Id}/x tree/srv/link", _temp.Path);

        Assert.Equal(
            [
                "/log/pc07 hostname in its name: pc07", "/srv/a hostname line 2: pc07 (2 times)", "/srv/b mac line 1: 00:1b:21:3c:9d:f8",
                $"/srv/link machine-id in the link's target: {Id}",
            ],
            Scan().Select(l => $"{l.Path} {l.Kind} {l.Evidence}"));
    }

    [Fact]
    public void A_find_across_any_border_of_a_piece_is_found_once()
    {
        // every place around the first three borders, whatever the length of a piece and of what is kept before it
        var places = Enumerable.Range(1, 3).SelectMany(k => Enumerable.Range(-80, 160).Select(d => (k * 131072) + d)).ToList();
        Directory.CreateDirectory(_temp.At("tree"));
        foreach (var (place, n) in places.Select((p, n) => (p, n)))
        {
            var text = new char[450_000];
            Array.Fill(text, '.');
            Id.CopyTo(text.AsSpan(place));
            File.WriteAllText(_temp.At($"tree/{n}"), new string(text));
        }

        var found = Scan();

        Assert.Equal(places.Count, found.Count);
        Assert.All(found, l => Assert.Equal($"line 1: {Id}", l.Evidence));
    }

    [Fact]
    public void Of_a_sparse_file_of_two_gigabytes_only_the_data_is_read()
    {
        Directory.CreateDirectory(_temp.At("tree"));
        Shell.Run("truncate -s 1G tree/big && printf 'here pc07 is' >> tree/big && truncate -s 2G tree/big && truncate -s 2G tree/hole", _temp.Path);
        var before = ReadBytes();

        var leak = Assert.Single(Scan());

        Assert.Equal("byte 1073741829: pc07", leak.Evidence);
        Assert.InRange(ReadBytes() - before, 1, 64 << 20);
    }

    [Fact]
    public void Names_that_are_no_text_are_searched_and_shown()
    {
        Directory.CreateDirectory(_temp.At("tree"));
        Shell.Run("echo pc07 > tree/$'\\xff\\n-x'", _temp.Path);

        Assert.Equal(@"/\xff\x0a-x", Assert.Single(Scan()).Path.ToString());
    }

    [Fact]
    public void Special_files_links_out_and_loops_are_left_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: makes a device");
        _temp.Write("outside/secret", "pc07");
        Directory.CreateDirectory(_temp.At("tree/d"));
        Shell.Run("mkfifo fifo; mknod dev c 1 5; ln -s ../outside out; ln -s . d/loop; ln -s d/loop/loop loop; ln -s loop2 loop2", _temp.At("tree"));

        Assert.Empty(Scan()); // a fifo without a writer, or /dev/zero, would never end
    }

    [Fact]
    public void Times_of_access_stay_as_they_were()
    {
        _temp.Write("tree/x", "pc07");
        Shell.Run("touch -a -d 2001-02-03 tree/x; touch -m -d 2002-03-04 tree/x", _temp.Path); // older than its mtime: relatime would set it

        Assert.Single(Scan());
        Assert.Equal(2001, File.GetLastAccessTimeUtc(_temp.At("tree/x")).Year);
    }

    [Fact]
    public void Another_file_system_in_the_tree_is_named_and_not_entered()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mounts");
        Directory.CreateDirectory(_temp.At("tree/mnt"));
        var script = $"mount -t tmpfs none '{_temp.At("tree/mnt")}' && echo pc07 > '{_temp.At("tree/mnt/x")}'";
        Shell.Run(script, _temp.Path);
        try
        {
            using var root = ImageRoot.Open(_temp.At("tree"));
            var report = new LeakScan(root, Pc07).Run();
            Assert.Empty(report.Leaks);
            Assert.Equal(["/mnt is another file system and was not looked into"], report.Notes);
        }
        finally
        {
            Shell.Run($"umount '{_temp.At("tree/mnt")}'", _temp.Path);
        }
    }

    [Fact]
    public void Secrets_are_named_by_kind_and_never_shown()
    {
        Directory.CreateDirectory(_temp.At("tree/root/.ssh"));
        Shell.Run("ssh-keygen -q -t ed25519 -N '' -f tree/root/.ssh/id_ed25519; mkdir -p tree/etc/ssl/private tree/usr/share/doc; ssh-keygen -q -t rsa -m PEM -N '' -f tree/etc/ssl/private/k; cp tree/etc/ssl/private/k tree/usr/share/doc/example.pem", _temp.Path);
        _temp.Write("tree/etc/NetworkManager/system-connections/w", "[wifi-security]\npsk=geheim\n");
        _temp.Write("tree/etc/shadow", "root:$6$salt$geheim:1::::\n");
        _temp.Write("tree/etc/krb5.keytab", "x");
        _temp.Write("tree/etc/empty.keytab", "");

        var found = Scan();

        Assert.Equal(
            ["/etc/NetworkManager/system-connections/w wifi-key", "/etc/krb5.keytab keytab", "/etc/shadow password-hash", "/etc/ssl/private/k tls-key", "/root/.ssh/id_ed25519 ssh-private-key"],
            found.Select(l => $"{l.Path} {l.Kind}"));
        Assert.All(found, l => Assert.False(l.IsIdentity || l.Evidence.Contains("geheim") || l.Evidence.Contains("b3Blbn")));
    }

    [Theory]
    [InlineData("gzip -c")]
    [InlineData("xz -c")]
    [InlineData("zstd -qc")]
    [InlineData("bzip2 -c")]
    [InlineData("lz4 -c")]
    public void What_is_packed_is_unpacked_and_searched(string packer)
    {
        Directory.CreateDirectory(_temp.At("tree/srv"));
        Directory.CreateDirectory(_temp.At("tree/usr/share/doc"));
        Shell.Run(
            $"""
            mkdir backup; (head -c 300000 /dev/zero | tr '\0' '.'; echo; echo made on pc07) >backup/notes; ssh-keygen -q -t ed25519 -N '' -C x -f backup/key
            tar c backup | {packer} >tree/srv/packed; cp tree/srv/packed tree/usr/share/doc/changelog
            """, _temp.Path);

        var all = Packed(out var notes);
        var found = all.Where(l => l.Path.Raw.StartsWith("srv/", StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain(all.Except(found), l => l.Evidence.Contains("unpacks", StringComparison.Ordinal)); // those of packages are not unpacked
        Assert.Equal(["/srv/packed hostname", "/srv/packed private-key"], found.Select(l => $"{l.Path} {l.Kind}"));
        Assert.All(found, l => Assert.Matches("^byte [0-9]+( of what it unpacks to)?: ", l.Evidence)); // lz4 and zstd leave short texts as they are
        Assert.Empty(notes);
    }

    [Fact]
    public void An_initramfs_is_searched_behind_its_uncompressed_beginning()
    {
        Directory.CreateDirectory(_temp.At("tree/boot"));
        Shell.Run(
            $"""
            mkdir -p early/kernel main/etc; head -c 30001 /dev/zero >early/kernel/x; echo {Id} >main/etc/machine-id
            (cd early; find . | cpio -o -H newc --quiet; cd ../main; find . | cpio -o -H newc --quiet | zstd -qc) >tree/boot/initrd.img-6.1
            """, _temp.Path);

        Assert.Equal(["/boot/initrd.img-6.1 machine-id"], Packed(out _).Select(l => $"{l.Path} {l.Kind}"));
    }

    [Theory]
    [InlineData("gzip -c")]
    [InlineData("zstd -qc")]
    public void A_file_that_unpacks_without_end_is_left_at_the_limit_and_named(string packer)
    {
        Directory.CreateDirectory(_temp.At("tree/srv"));
        Shell.Run($"(echo pc07; head -c 400000000 /dev/zero) | {packer} >tree/srv/bomb", _temp.Path);

        Assert.Single(Packed(out var notes));
        Assert.Equal(["/srv/bomb was not looked into as a whole: more than 8 MiB in one file are unpacked for nobody"], notes);
    }

    [Theory]
    [InlineData("gzip -c", "gzip")]
    [InlineData("xz -c", "xz failed")]
    public void What_is_damaged_is_searched_as_far_as_it_goes_and_named(string packer, string why)
    {
        Directory.CreateDirectory(_temp.At("tree/srv"));
        Shell.Run($"(echo pc07; head -c 3000000 /dev/urandom) | {packer} >whole; (head -c 1000000 whole; head -c 200000 /dev/zero | tr '\\0' '\\377'; tail -c 1000000 whole) >tree/srv/half; cp tree/srv/half tree/srv/half2", _temp.Path);

        Assert.Equal(2, Packed(out var notes).Count);
        Assert.Contains("not looked into as a whole", string.Concat(notes));
        Assert.True(why == "gzip" || string.Concat(notes).Contains(why), string.Concat(notes));
    }

    [Fact]
    public void A_dry_look_sees_the_tree_as_the_changes_will_leave_it()
    {
        _temp.Write("tree/goes/pc07", "pc07");
        _temp.Write("tree/stays", "pc07");
        _temp.Write("tree/cleared", "pc07");
        _temp.Write("tree/before-pc07", "harmless");

        var found = Scan(
            new("r", ImagePath.Of("goes"), TreeAction.RemoveTree, ""), new("r", ImagePath.Of("cleared"), TreeAction.Truncate, ""),
            new("r", ImagePath.Of("before-pc07"), TreeAction.Rename, "") { After = "after" },
            new("r", ImagePath.Of("new"), TreeAction.Write, "") { After = new string('.', 131_070) + " pc07 " + new string('.', 200_000) });

        Assert.Equal(["/new", "/stays"], found.Select(l => l.Path.ToString()));
    }

    private IReadOnlyList<Leak> Packed(out IReadOnlyList<string> notes)
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        var report = new LeakScan(root, Pc07, null, new(new Runner(TestContext.Current.CancellationToken), mostOfFile: 8 << 20)).Run();
        notes = report.Notes;
        return report.Leaks;
    }

    private IReadOnlyList<Leak> Scan(params TreeChange[] planned)
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        return new LeakScan(root, Pc07, new(planned)).Run().Leaks;
    }

    /// <summary>Bytes that this process has read so far (proc(5) /proc/pid/io).</summary>
    private static long ReadBytes() => long.Parse(File.ReadLines("/proc/self/io").First(l => l.StartsWith("rchar:", StringComparison.Ordinal))[7..], System.Globalization.CultureInfo.InvariantCulture);
}
