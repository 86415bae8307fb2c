using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Installers.Bootstrap;

/// <summary>An OCI image of a small Debian, which the tests that boot it have made, and its own apt on top.</summary>
public sealed class BootstrapOciTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-oci-").FullName;

    public void Dispose() => Shell.Run($"rm -rf --one-file-system {_directory}");

    [Fact]
    public void The_running_system_is_no_place_for_a_tree()
    {
        var (code, _, errors) = Binary.Run("installer", "bootstrap", "--suite", "bookworm", "--into", "/", "-n");

        Assert.True(code == 2 && errors.Contains("cannot bootstrap into /:", StringComparison.Ordinal), $"exit {code}: {errors}");
    }

    [Fact(Timeout = 900_000)]
    public async Task The_image_gets_packages_from_the_mirror_that_is_given_alone_with_the_key_that_only_this_machine_has()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var mirror = Shell.Run($". {Binary.Repository}/lab/lib/mirror.sh; lab_mirror");
        var made = await Task.Run(() =>
        {
            Layout();
            Shell.Run($"cp /usr/share/keyrings/debian-archive-keyring.gpg {_directory}/own.gpg");
            return Binary.Run(
                "installer", "bootstrap", "--from-oci", _directory + "/oci", "--into", _directory + "/tree", "--include", "cron",
                "--mirror", $"deb [signed-by={_directory}/own.gpg] {mirror} bookworm main");
        });

        Assert.Equal("", made.ExitCode == 0 ? "" : made.Errors);
        Assert.DoesNotContain("no cron", made.Errors, StringComparison.Ordinal);
        Assert.Contains("allie: the tree has no rsync; the package is: rsync", made.Errors, StringComparison.Ordinal);
        Assert.Equal("install ok installed", Tree("chroot . dpkg-query -W -f '${Status}' cron"));
        Assert.Equal("#!/bin/sh\nexit 7", Tree("cat usr/sbin/policy-rc.d"));
        Assert.Equal("deb http://127.0.0.1:9/debian bookworm main", Tree("cat etc/apt/sources.list.d/dead.list"));
        Assert.Equal($"deb [signed-by=/etc/apt/keyrings/own.gpg] {mirror} bookworm main", Tree("cat etc/apt/sources.list"));
        Assert.Equal("644 same", Tree("stat -c %a etc/apt/keyrings/own.gpg; cmp ../own.gpg etc/apt/keyrings/own.gpg && echo same").Replace('\n', ' '));
        Assert.Equal("LABEL=allie-new / ext4 errors=remount-ro 0 1", Tree("cat etc/fstab"));
        Assert.Equal("", Tree("ls -d usr/share/bash-completion etc/resolv.conf .allie-oci 2>/dev/null || true; chroot . dpkg --audit"));
        Assert.DoesNotContain(_directory, await File.ReadAllTextAsync("/proc/mounts", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private string Tree(string script) => Shell.Run($"cd {_directory}/tree; {script}");

    private void Layout() => Shell.Run(
        $$"""
        cd {{_directory}}
        . {{Binary.Repository}}/lab/lib/mirror.sh
        . {{AppContext.BaseDirectory}}/Personalise/trees.sh
        base=$(lived_in_base bookworm)
        mkdir -p oci/blobs/sha256 over/etc/apt/sources.list.d over/usr/sbin over/usr/share
        printf '#!/bin/sh\nexit 7\n' >over/usr/sbin/policy-rc.d
        chmod 755 over/usr/sbin/policy-rc.d
        echo 'deb http://127.0.0.1:9/debian bookworm main' >over/etc/apt/sources.list.d/dead.list
        : >over/usr/share/.wh.bash-completion
        : >over/etc/.wh.fstab
        tar -C over -cf over.tar .
        blob() { local d; d=$(sha256sum "$1" | cut -d' ' -f1); cp "$1" oci/blobs/sha256/$d; echo "sha256:$d"; }
        layer='{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s"}'
        printf '{"schemaVersion":2,"layers":['"$layer,$layer"']}' "$(blob "$base")" "$(blob over.tar)" >manifest
        echo '{"imageLayoutVersion":"1.0.0"}' >oci/oci-layout
        printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s"}]}' "$(blob manifest)" >oci/index.json
        """);
}
