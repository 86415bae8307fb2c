using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>Images from a directory, a tar and an OCI layout; also from hostile ones.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly Store _store;

    public ImportTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _store = new();
    }

    public void Dispose() => _store?.Dispose();

    private string Tree => _store.Images + "/.work/img";

    [Theory]
    [InlineData("cp -a system from")]
    [InlineData("tar --acls --xattrs --xattrs-include='*' -C system -cf from .")]
    [InlineData("tar --acls --xattrs --xattrs-include='*' -C system -czf from .")]
    [InlineData("tar --acls --xattrs --xattrs-include='*' -C system -cf - . | zstd -q >from")]
    public void A_tree_comes_whole(string make)
    {
        Shell.Run($"cd {_store.At("")}; cd system; setcap cap_net_raw+ep usr/bin/busybox; setfacl -m u:7:r etc/motd; ln etc/motd etc/motd2; mknod dev/null c 1 3; mkfifo run/f; chown 5:6 etc/fstab; chmod 4755 usr/bin/busybox; cd ..; {make}");

        _store.Ok("image", "import", "img", "--from", _store.At("from"));

        Assert.Equal(Manifest(_store.At("system")), Manifest(Tree));
    }

    [Fact]
    public void Layers_of_an_OCI_layout_are_put_over_each_other_with_their_whiteouts()
    {
        Layout(
            "mkdir -p etc/d usr/bin old; echo a >etc/a; echo b >etc/d/b; ln -s /etc etc/link; ln -s d etc/dlink; echo x >old/x; cp /bin/busybox usr/bin/; ln usr/bin/busybox usr/bin/sh",
            "mkdir -p etc/d etc/dlink etc/link old/new; : >etc/.wh.a; : >etc/d/.wh..wh..opq; echo c >etc/d/c; echo inside >etc/link/passwd; echo deep >etc/dlink/y; : >old/.wh.x; echo n >old/new/n");

        _store.Ok("image", "import", "img", "--from", _store.At("oci"));

        Assert.Equal("c deep inside n", Shell.Run($"cd {Tree}; cat etc/d/c etc/dlink/y etc/link/passwd old/new/n | tr '\\n' ' '").Trim());
        Assert.Equal("", Shell.Run($"cd {Tree}; ls -d etc/a etc/d/b old/x 2>/dev/null || true; find . -name '.wh.*'").Trim());
        Assert.Equal("2", Shell.Run($"stat -c %h {Tree}/usr/bin/sh"));
        Assert.False(Directory.Exists(_store.Images + "/.work/.img.import"));
    }

    [Fact]
    public void An_OCI_archive_is_known_by_what_is_in_it_and_a_damaged_blob_is_refused()
    {
        Layout("mkdir -p etc usr/bin; echo a >etc/a");
        Shell.Run($"tar -C {_store.At("oci")} -cf {_store.At("oci.tar")} .");
        _store.Ok("image", "import", "img", "--from", _store.At("oci.tar"));
        Assert.True(File.Exists(Tree + "/etc/a"));

        Shell.Run($"cd {_store.At("oci")}/blobs/sha256; printf '\\0' >>\"$(ls -S | head -n 1)\"");

        Assert.Contains("digest", _store.Refused(1, "image", "import", "img", "--from", _store.At("oci"), "-y"));
        Assert.True(File.Exists(Tree + "/etc/a"));
    }

    [Theory]
    [InlineData("['../../../../../../../../../..' + out + '/dotdot']")]
    [InlineData("[out + '/absolute']")]
    [InlineData("[('esc', out), 'esc/through-link']")]
    [InlineData("[('a', '../../../../../../../../../..' + out), ('b', 'a'), 'b/through-two']")]
    public void A_hostile_tar_writes_nothing_outside(string members)
    {
        var outside = _store.At("outside");
        Directory.CreateDirectory(outside);
        Shell.Run($$"""
            cat >{{_store.At("make.py")}} <<'PY'
            import io, sys, tarfile
            out, good = sys.argv[2], ['etc/motd', 'usr/bin/true']
            with tarfile.open(sys.argv[1], 'w') as tar:
                for member in good + {{members}}:
                    name, target = member if isinstance(member, tuple) else (member, None)
                    info = tarfile.TarInfo(name)
                    if target:
                        info.type, info.linkname = tarfile.SYMTYPE, target
                        tar.addfile(info)
                    else:
                        info.size = 1
                        tar.addfile(info, io.BytesIO(b'x'))
            PY
            python3 {{_store.At("make.py")}} {{_store.At("hostile.tar")}} {{outside}}
            """);

        _store.Run("image", "import", "img", "--from", _store.At("hostile.tar"));

        Assert.Empty(Directory.GetFileSystemEntries(outside));
        Assert.False(Directory.Exists(_store.Images + "/.work/.img.import"));
    }

    [Fact]
    public void A_hostile_layer_writes_nothing_outside_through_a_link_of_the_layer_below()
    {
        var outside = _store.At("outside");
        Shell.Run($"mkdir {outside}; echo keep >{outside}/keep");
        Layout($"mkdir -p etc usr; ln -s {outside} esc; ln -s {outside} gone", "mkdir esc gone; echo x >esc/x; : >gone/.wh.keep; : >gone/.wh..wh..opq");

        _store.Ok("image", "import", "img", "--from", _store.At("oci"));

        Assert.Equal("keep", Shell.Run($"ls {outside}"));
        Assert.Equal("x", Shell.Run($"ls {Tree}/esc"));
    }

    [Fact]
    public void What_is_no_system_is_refused_and_a_work_tree_is_replaced_only_when_told_so()
    {
        _store.Ok("image", "import", "img", "--from", _store.At("system"));
        Shell.Run($"mkdir {_store.At("empty")}; echo mine >{Tree}/mine");

        Assert.Contains("no system", _store.Refused(2, "image", "import", "img", "--from", _store.At("empty"), "-y"));
        Assert.Contains("-y", _store.Refused(2, "image", "import", "img", "--from", _store.At("system")));
        Assert.Equal(2, _store.Run("image", "import", "img", "--from", _store.At("nowhere")).ExitCode);
        Assert.True(File.Exists(Tree + "/mine"));
    }

    /// <summary>An OCI layout in oci/ of the layers that the scripts make.</summary>
    private void Layout(params string[] layers)
    {
        var blobs = _store.At("oci/blobs/sha256");
        Shell.Run($"mkdir -p {blobs}; echo '{{\"imageLayoutVersion\":\"1.0.0\"}}' >{_store.At("oci/oci-layout")}");
        var list = string.Join(',', layers.Select((script, n) =>
        {
            var digest = Shell.Run($"mkdir {_store.At($"l{n}")}; cd {_store.At($"l{n}")}; {script}; tar -czf {_store.At("layer")} .; d=$(sha256sum {_store.At("layer")} | cut -d' ' -f1); mv {_store.At("layer")} {blobs}/$d; echo $d");
            return $"{{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:{digest}\"}}";
        }));
        File.WriteAllText(_store.At("manifest"), $"{{\"schemaVersion\":2,\"layers\":[{list}]}}");
        var manifest = Shell.Run($"d=$(sha256sum {_store.At("manifest")} | cut -d' ' -f1); cp {_store.At("manifest")} {blobs}/$d; echo $d");
        File.WriteAllText(_store.At("oci/index.json"), $"{{\"schemaVersion\":2,\"manifests\":[{{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:{manifest}\"}}]}}");
    }

    private static string Manifest(string tree) => Shell.Run(
        $"cd {tree}; find . -printf '%p %y %m %U %G %T@ %n %l\\n' | sort; find . -type f -print0 | sort -z | xargs -0 md5sum; getfattr -R -h -d -m - . 2>/dev/null | sort");
}
