# shellcheck shell=bash disable=SC2154
# Sourced by run.sh. bullseye_tree: prints the path of a small Debian 11 tree, made once through the machine's own package sources.
bullseye_tree() {
  # shellcheck source=../../lab/lib/mirror.sh
  . "$here/../../lab/lib/mirror.sh"
  local cache=${ALLIE_CACHE:-$HOME/.cache/allie} making
  if [ ! -d "$cache/bullseye" ]; then
    mkdir -p "$cache"
    making=$(mktemp -d "$cache/.making.XXXX")
    chmod 755 "$making"
    mmdebstrap --quiet --variant=extract --mode=root --include=base-files,bash,coreutils,libc-bin,rsync \
      bullseye "$making/tree" "deb $(lab_mirror) bullseye main" >&2
    mv -T "$making/tree" "$cache/bullseye"
    rmdir "$making"
  fi
  echo "$cache/bullseye"
}
