using System.Diagnostics;
using Allie.EndToEnd.Shared;

namespace Allie.EndToEnd.Installers.Bootstrap;

/// <summary>
/// A mirror of trixie on loopback that has lists of packages and no packages: what a look before the work needs. The program itself serves it.
/// "base" is essential; "huge" would take more than any disk, "wide" more than the slots of a trial PC.
/// </summary>
public sealed class TinyMirror : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-mirror-").FullName;
    private readonly Process _server;

    public TinyMirror()
    {
        Shell.Run(
            $$"""
            cd {{_directory}}
            lists=dists/trixie/main/binary-amd64
            mkdir -p $lists
            package() { # NAME PRIORITY KIBIBYTES MORE
              printf 'Package: %s\nVersion: 1\nArchitecture: all\nPriority: %s\nInstalled-Size: %s\nSize: 1048576\nFilename: pool/%s.deb\nSHA256: %064d\n%s\n\n' "$1" "$2" "$3" "$1" 0 "$4"
            }
            {
              package base required 3072 'Essential: yes'
              package apt required 1024 'Maintainer: nobody'
              package rsync optional 1024 'Depends: library'
              package library optional 1024 'Maintainer: nobody'
              package wide optional 204800 'Maintainer: nobody'
              package huge optional 1099511627776 'Maintainer: nobody'
            } >$lists/Packages
            sum=$(sha256sum <$lists/Packages)
            printf 'Suite: trixie\nCodename: trixie\nComponents: main\nArchitectures: amd64 all\nSHA256:\n %s %s main/binary-amd64/Packages\n' \
              "${sum%% *}" "$(stat -c %s $lists/Packages)" >dists/trixie/Release
            """);
        _server = Shell.Start(Binary.Path, "installer", "serve", _directory, "--listen", "127.0.0.1:0", "--timeout", "300");
        Url = _server.StandardError.ReadLine()!.Split(' ').Single(w => w.StartsWith("http://", StringComparison.Ordinal)).TrimEnd('/');
    }

    public string Url { get; }

    public string Line(string suite = "trixie") => $"deb [trusted=yes] {Url} {suite} main";

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        Shell.Run($"rm -rf --one-file-system {_directory}");
    }
}
