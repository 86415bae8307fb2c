# The cache: the base tree as a tar, and the packages of the next distribution as a flat repository.
# An entry's name has a digest of the suite, the package list and the number of this recipe; it is built aside
# and renamed, so it is whole or absent.
# shellcheck shell=bash

cache=$ALLIE_LAB_CACHE
filling=$cache/.filling.$lab_id

recipe=1 # another number when the making below changes what is made

tree_key() { # tree_key SUITE LIST
  { printf '%s\n' "$recipe" "$1"; cat "$lab/trees/$2"; } | sha256sum | cut -c1-12
}

debs_bookworm=$cache/debs-bookworm-$(tree_key bookworm base)
debs_trixie=$cache/debs-trixie-$(tree_key trixie next)
base_tar=$cache/base-bookworm-$(tree_key bookworm base).tar

make_debs() { # make_debs SUITE LIST ENTRY
  say "cache: fetching the packages of $1 ($(wc -l <"$lab/trees/$2") asked for, and what they need)"
  mkdir "$filling/debs"
  quietly "$filling/log" fetch_debs "$1" "$lab/trees/$2" "$filling/debs"
  (quietly "$filling/log" index_debs "$1" "$filling/debs")
  say "cache: $(find "$filling/debs" -name '*.deb' | wc -l) packages, $(du -sm "$filling/debs" | cut -f1) MB"
  mv "$filling/debs" "$3"
}

# shellcheck disable=SC2016  # mmdebstrap expands "$1" in its hooks
make_base() {
  local no=/usr/share
  say 'cache: making the base tree (about two minutes)'
  TMPDIR=$filling quietly "$filling/log" mmdebstrap --variant=minbase --mode=root \
    --include="$(paste -sd, "$lab/trees/base")" --aptopt='Acquire::Languages "none"' \
    --dpkgopt="path-exclude=$no/doc/*" --dpkgopt="path-exclude=$no/man/*" \
    --dpkgopt="path-exclude=$no/locale/*" --dpkgopt="path-exclude=$no/info/*" \
    --customize-hook='rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/apt/sources.list' \
    --customize-hook=': >"$1/etc/machine-id"' \
    bookworm "$filling/base.tar" "deb [trusted=yes] copy:$debs_bookworm ./"
  say "cache: base tree, $(du -m "$filling/base.tar" | cut -f1) MB"
  mv "$filling/base.tar" "$base_tar"
}

# fill_cache: makes what is not there yet; only one lab at a time does.
fill_cache() {
  mkdir -p "$cache"
  exec {cache_lock}>"$cache/.lock"
  flock "$cache_lock"
  mkdir "$filling"
  [ -d "$debs_trixie" ] || make_debs trixie next "$debs_trixie"
  if ! [ -f "$base_tar" ]; then
    [ -d "$debs_bookworm" ] || make_debs bookworm base "$debs_bookworm"
    make_base
    rm -rf "$debs_bookworm"
  fi
  rm -rf "$filling"
  exec {cache_lock}>&-
}
