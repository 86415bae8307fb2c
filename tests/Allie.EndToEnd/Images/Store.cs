using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images;

/// <summary>A server's store in a directory of its own, with a small system to import. Commands run as a user runs them.</summary>
internal sealed class Store : IDisposable
{
    internal Store()
    {
        File.WriteAllText(At("server.toml"), $"store = \"{At("store")}\"\n[rsyncd]\nconf = \"{At("rsyncd.conf")}\"\nport = 8730\n");
        File.WriteAllText(At("allie.toml"), $"[server]\naddress = \"127.0.0.1\"\nport = 8730\n[paths]\nrun = \"{At("run")}\"\n");
        Ok("server", "init");
        Shell.Run($$"""
            mkdir -p {{At("system")}}; cd {{At("system")}}
            mkdir -p etc usr/bin usr/lib proc sys dev run tmp var/lib/dpkg boot lib/modules/6.1.0
            ln -s usr/bin bin
            cp /bin/busybox usr/bin/busybox; ln -s busybox usr/bin/sh; ln -s busybox usr/bin/cat; ln -s busybox usr/bin/ls; ln -s busybox usr/bin/true
            : >etc/machine-id; : >boot/vmlinuz-6.1.0; echo one >etc/motd; echo 'LABEL=img / ext4 defaults 0 1' >etc/fstab
            printf 'Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\nPackage: b\nStatus: deinstall ok config-files\nVersion: 1\n\n' >var/lib/dpkg/status
            """);
    }

    private string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("allie-test-").FullName;

    internal string Images => At("store/images");

    internal string At(string relative) => Path.Combine(Directory, relative);

    internal (int ExitCode, string Output, string Errors) Run(params string[] words)
    {
        var cut = Array.IndexOf(words, "--");
        return cut < 0
            ? Binary.Run([.. words, "--config", At("server.toml")])
            : Binary.Run([.. words[..cut], "--config", At("server.toml"), .. words[cut..]]);
    }

    internal string Ok(params string[] words)
    {
        var (code, output, errors) = Run(words);
        Assert.True(code == 0, $"exit {code}: {output}{errors}");
        return output;
    }

    internal string Refused(int exitCode, params string[] words)
    {
        var (code, output, errors) = Run(words);
        Assert.True(code == exitCode, $"exit {code}: {output}{errors}");
        return errors;
    }

    /// <summary>Import and publish: generation 1.</summary>
    internal void Publish()
    {
        Ok("image", "import", "img", "--from", At("system"), "-y");
        Ok("image", "publish", "img", "-y");
    }

    internal void Edit(string script)
    {
        Ok("image", "edit", "img", "--", "true");
        Shell.Run($"cd {Images}/.work/img; {script}");
    }

    public void Dispose() => Shell.Run($"rm -rf --one-file-system {Directory}");
}
