#!/bin/sh
# For an image without systemd: from cron's @reboot, rc.local, or whatever its init runs last.
grep -q 'allie\.slot=' /proc/cmdline || exit 0
(sleep 900 && /var/lib/allie/allie confirm --deadline) &
exec /var/lib/allie/allie confirm
