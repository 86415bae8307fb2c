using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Installers.Bootstrap;

/// <summary>What is told before anything is written: the real mmdebstrap and debootstrap ask a mirror on loopback.</summary>
public sealed class BootstrapLookTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-look-").FullName;
    private readonly TinyMirror _mirror;

    public BootstrapLookTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _mirror = new();
    }

    public void Dispose()
    {
        _mirror?.Dispose();
        Shell.Run($"rm -rf --one-file-system {_directory}");
    }

    [Fact]
    public void A_dry_run_has_asked_the_mirror_for_each_package_and_leaves_nothing()
    {
        var (code, output, errors) = Look("trixie", "rsync", _mirror.Line());

        Assert.Equal((3, ""), (code, errors));
        Assert.EndsWith("; the mirror has each package and what it needs: 4 packages, 4 MiB to fetch, 6 MiB installed)\n", output, StringComparison.Ordinal);
        Assert.Equal("packages", Shell.Run($"ls -A {_directory}; ls -d /run/allie/mount-* /run/allie/bootstrap{_directory.Replace('/', '-')}* 2>/dev/null || true"));
    }

    [Fact]
    public void A_suite_that_the_mirror_has_not_is_told_in_the_dry_run()
    {
        var (code, _, errors) = Look("bookwurm", "rsync", _mirror.Url);

        Assert.Equal(1, code);
        Assert.Contains($"allie: cannot bootstrap bookwurm into {_directory}/tree: The repository '{_mirror.Url} bookwurm Release' does not have a Release file.", errors, StringComparison.Ordinal);
        Assert.Contains("is bookwurm a suite of this mirror? deb " + _mirror.Url, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suite_goes_by_the_names_that_people_have_for_it_and_a_name_that_is_no_package_is_told_with_its_line()
    {
        var (code, output, _) = Look("Debian13", "rsync", _mirror.Line());
        Assert.Equal(3, code);
        Assert.Contains("trixie", output, StringComparison.Ordinal);
        Assert.Contains("/packages: line 1: '@core' is no package", Look("trixie", "@core", _mirror.Line()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_is_nowhere_and_a_mirror_that_nothing_proves_are_told_too()
    {
        Assert.Contains("Unable to locate package nowhere\n  has a package another name in trixie?", Look("trixie", "rsync nowhere", _mirror.Line()).Errors, StringComparison.Ordinal);
        Assert.Contains("is not signed.\n  this machine lacks the archive's keys", Look("trixie", "rsync", _mirror.Url).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_the_room_is_refused()
    {
        var (code, _, errors) = Look("trixie", "huge", _mirror.Line());

        Assert.Equal(2, code);
        Assert.Matches($"there is no room for {_directory}/tree: at least [0-9]+ MiB are needed, [0-9]+ MiB are free\n", errors);
    }

    [Fact]
    public void Debootstrap_tells_what_it_did_not_look_at()
    {
        Shell.Run($"cp -as /usr/bin {_directory}/bin; rm {_directory}/bin/mmdebstrap");

        var (code, output, errors) = Look("trixie", "rsync", _mirror.Line(), "env", $"PATH={_directory}/bin:/usr/sbin:/sbin");
        var nowhere = Look("trixie", "rsync nowhere", _mirror.Line(), "env", $"PATH={_directory}/bin:/usr/sbin:/sbin");

        Assert.True(code == 3, errors);
        Assert.EndsWith("; the mirror has the base and each package)\n", output, StringComparison.Ordinal);
        Assert.StartsWith("allie: not checked: what the packages need, their size,", errors, StringComparison.Ordinal);
        Assert.Contains("Unable to locate package nowhere", nowhere.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oci")]
    [InlineData("oci.tar")]
    public void An_oci_image_that_is_another_release_than_it_is_called_is_refused(string from)
    {
        Layout();
        string[] words = ["installer", "bootstrap", "--from-oci", $"{_directory}/{from}", "--into", _directory + "/tree"];

        var other = Binary.Run([.. words, "--suite", "bookworm"]);

        Assert.Equal(2, other.ExitCode);
        Assert.Contains($"allie: {_directory}/{from} is Debian GNU/Linux 13 (trixie), not bookworm\n  leave --suite out or say what it is, --suite trixie", other.Errors, StringComparison.Ordinal);
        Assert.Equal("", Shell.Run($"ls -d {_directory}/tree {_directory}/.tree* 2>/dev/null || true"));
        var same = Binary.Run([.. words, "--suite", "trixie"]);
        Assert.Equal((0, $"{_directory}/tree: trixie is there\n"), (same.ExitCode, same.Output));
    }

    [Fact]
    public void A_dry_run_looks_into_a_layout()
    {
        Layout();
        string[] words = ["installer", "bootstrap", "--from-oci", _directory + "/oci", "--into", _directory + "/tree", "-n", "--suite"];

        Assert.Equal(2, Binary.Run([.. words, "bookworm"]).ExitCode);
        Assert.EndsWith("; the image is trixie)\n", Binary.Run([.. words, "trixie"]).Output, StringComparison.Ordinal);
        Shell.Run($"for blob in {_directory}/oci/blobs/sha256/*; do case $(head -c1 $blob) in '{{') ;; *) echo x >>$blob;; esac; done");
        Assert.Contains("is not what its digest says", Binary.Run([.. words, "trixie"]).Errors, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Errors) Look(string suite, string packages, string mirror, params string[] under)
    {
        File.WriteAllText(_directory + "/packages", packages);
        string[] words = [.. under, Binary.Path, "installer", "bootstrap", "--suite", suite, "--into", _directory + "/tree", "--packages", _directory + "/packages", "--mirror", mirror, "-n"];
        return Binary.Run(words[0], words[1..]);
    }

    private void Layout() => Shell.Run(
        $$"""
        cd {{_directory}}
        mkdir -p oci/blobs/sha256 over/usr/lib over/etc
        printf 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_CODENAME=trixie\n' >over/usr/lib/os-release
        ln -s ../usr/lib/os-release over/etc/os-release
        tar -C over -cf over.tar .
        blob() { local d; d=$(sha256sum "$1" | cut -d' ' -f1); cp "$1" oci/blobs/sha256/$d; echo "sha256:$d"; }
        printf '{"schemaVersion":2,"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s"}]}' "$(blob over.tar)" >manifest
        echo '{"imageLayoutVersion":"1.0.0"}' >oci/oci-layout
        printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s"}]}' "$(blob manifest)" >oci/index.json
        tar -C oci -cf oci.tar .
        """);
}
