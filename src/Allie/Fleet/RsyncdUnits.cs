using Allie.Config;

namespace Allie.Fleet;

/// <summary>systemd units (systemd.socket(5)) with which stock rsync serves and no daemon waits: one process for each connection.</summary>
public static class RsyncdUnits
{
    public static string Text(ServerSettings settings) =>
        $"""
        # /etc/systemd/system/allie-rsyncd.socket        then: systemctl disable --now rsync; systemctl enable --now allie-rsyncd.socket
        [Unit]
        Description=rsync for the PCs

        [Socket]
        ListenStream={(settings.RsyncdAddress.Length > 0 ? settings.RsyncdAddress + ":" : "")}{settings.RsyncdPort}
        Accept=yes
        MaxConnections=400
        Backlog=1024

        [Install]
        WantedBy=sockets.target

        # /etc/systemd/system/allie-rsyncd@.service
        [Unit]
        Description=rsync for one PC

        [Service]
        ExecStart=-/usr/bin/rsync --daemon --config={settings.RsyncdConf}
        StandardInput=socket
        StandardOutput=inherit
        StandardError=journal
        # a PC's report is small; nothing else is written
        LimitFSIZE={AuthorizedKeys.LargestFile}
        ProtectSystem=strict
        ReadWritePaths=/run {settings.Reports}

        """;
}
