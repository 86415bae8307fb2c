namespace Allie.Installers;

/// <summary>
/// partman/early_command: finds the slot and leaves a script that partman runs between its preparations and its first question. (It runs in the
/// middle of the preparations, whose list is made by then: a script left in init.d would come too late.) partman keeps what is to be done with a
/// partition as small files in /var/lib/partman/devices/=dev=sda/START-END (bytes; partman-base 226); a recipe cannot say "this one alone".
/// </summary>
public static class PreseedScript
{
    public const string Hook = "/lib/partman/display.d/00allie";

    /// <summary>
    /// Forgets what partman chose by itself (it would format every swap area there is, under a new UUID), stops its automatic partitioning
    /// (partman-auto's 10initial_auto does nothing when its mark is there), and marks the slot. 255 ends partman; after a 1 it would begin again
    /// for ever. No ' in it: it stands between two.
    /// </summary>
    private const string Mark = """
        [ ! -f /lib/partman/lib/base.sh ] || . /lib/partman/lib/base.sh;
        mkdir -p /var/lib/partman;
        : >/var/lib/partman/initial_auto;
        for part in /var/lib/partman/devices/*/*-*; do
          rm -f "$part/method" "$part/format" "$part/use_filesystem" "$part/mountpoint";
        done;
        where=/var/lib/partman/devices/$device/$id;
        [ -d "$where" ] || { logger -t allie "partman does not see $where" 2>/dev/null; exit 255; };
        echo format >"$where/method";
        echo ext4 >"$where/filesystem";
        echo / >"$where/mountpoint";
        echo allie-new >"$where/label";
        : >"$where/format";
        : >"$where/use_filesystem";
        : >"$where/formatable";
        [ ! -f /lib/partman/lib/base.sh ] || update_partition "/var/lib/partman/devices/$device" "$id";
        exit 0
        """;

    public static string Lines(InstallTarget target) =>
        $$"""
        {{TargetScript.Find(target)}}
        start=$(cat "/sys/class/block/${found##*/}/start");
        size=$(cat "/sys/class/block/${found##*/}/size");
        mkdir -p {{Hook[..Hook.LastIndexOf('/')]}};
        echo "#!/bin/sh" >{{Hook}};
        echo "device==dev=${disk##*/}; id=$((start * 512))-$(((start + size) * 512 - 1));" >>{{Hook}};
        echo '{{Mark.Replace("\r", "").Replace('\n', ' ')}}' >>{{Hook}};
        chmod 755 {{Hook}};
        echo "allie: installing onto $found ($name)"
        """.Replace("\r", "");
}
