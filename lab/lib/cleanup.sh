# Takes away what namespaces do not: control groups, the temporary directory, a half-filled cache entry.
# shellcheck shell=bash

# still_there: the kernel is not done yet with the processes and disks of this lab.
still_there() {
  [ -n "$(find /sys/fs/cgroup -maxdepth 2 -type d -name "${top##*/}" 2>/dev/null)" ] ||
    losetup -n -O BACK-FILE 2>/dev/null | grep -q "$top/"
}

clean_up() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    find /sys/fs/cgroup -depth -type d -path "*/${top##*/}*" -exec rmdir {} \; 2>/dev/null
    still_there || break
    sleep 0.1
  done
  rm -rf --one-file-system "$top" "$ALLIE_LAB_CACHE/.filling.${top##*/}"
}
