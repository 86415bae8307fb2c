#!/bin/bash
# All cells of the boot tests, or those named: run.sh [METHOD[:WHAT]|restorecon].... The last line is "boot-tests: N ok, N failed".
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
ok=0 failed=0
[ $# -gt 0 ] || set -- grub-bios grub-bios:moved grub-uefi grub-uefi:moved systemd-boot boot-next extlinux kexec restorecon
for cell; do
  if [ "$cell" = restorecon ]; then
    if "$here/restorecon.sh"; then ok=$((ok + 1)); else failed=$((failed + 1)); fi
    continue
  fi
  case $cell in *:*) whats=${cell#*:} ;; *) whats='healthy unhealthy silent missing' ;; esac
  for what in $whats; do
    if "$here/cell.sh" "${cell%%:*}" "$what"; then ok=$((ok + 1)); else failed=$((failed + 1)); fi
  done
done
echo "boot-tests: $ok ok, $failed failed"
[ "$failed" -eq 0 ] && [ "$ok" -gt 0 ]
