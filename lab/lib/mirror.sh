# Packages for the lab's trees, fetched through the machine's own apt configuration into a flat repository.
# shellcheck shell=bash

# The Debian mirror of this machine, whatever form its apt sources have; ALLIE_LAB_MIRROR goes first.
lab_mirror() {
  local found
  if [ -n "${ALLIE_LAB_MIRROR:-}" ]; then printf '%s\n' "$ALLIE_LAB_MIRROR"; return; fi
  # shellcheck disable=SC2016  # apt expands these, not the shell
  found=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
  [ -n "$found" ] || die "this machine's apt sources have no bookworm main: set ALLIE_LAB_MIRROR to the address of a Debian mirror"
  printf '%s\n' "$found"
}

# fetch_debs SUITE LIST DIR: every package of LIST with all it needs, from nothing, into DIR.
fetch_debs() {
  local suite=$1 list=$2 dir=$3 apt=$3/.apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$apt/state/lists/partial" "$apt/cache" "$dir/partial"
  : >"$apt/status"
  printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$(lab_mirror)" "$suite" >"$apt/sources.list"
  local options=(-q -y -o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
    -o Dir::Cache::Archives="$dir" -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o APT::Install-Recommends=0 -o APT::Sandbox::User=root -o Acquire::Retries=3)
  apt-get "${options[@]}" update
  # shellcheck disable=SC2046  # one argument per package
  apt-get "${options[@]}" --download-only install '?essential' '?priority(required)' apt $(cat "$list")
  rm -rf "$apt" "$dir/partial" "$dir/lock"
}

# index_debs SUITE DIR: makes DIR a repository that `deb [trusted=yes] copy:DIR ./` reads.
index_debs() {
  local suite=$1
  cd "$2" || return
  apt-ftparchive packages . >Packages
  apt-ftparchive -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
    -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures=amd64 release . >Release.new
  mv Release.new Release
}
