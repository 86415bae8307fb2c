# shellcheck shell=bash
# Sourced. lived_in_base RELEASE: prints the path of a tar with a small system of that release, made once through the machine's own package
# sources. Three releases, three ways to set up a network.

packages=systemd,systemd-sysv,udev,dbus,iproute2,openssh-server,procps
declare -A networks=([bookworm]=ifupdown [trixie]=network-manager [noble]=netplan.io)

lived_in_base() {
  local release=$1 cache=${ALLIE_CACHE:-$HOME/.cache/allie} key tar filling no=/usr/share source=()
  key=$(printf '%s\n' 1 "$packages" "${networks[$release]}" | sha256sum | cut -c1-12)
  tar=$cache/base-$release-$key.tar
  mkdir -p "$cache"
  exec 8>"$cache/.trees.lock"
  flock 8
  if ! [ -f "$tar" ]; then
    filling=$(mktemp -d "$cache/.making.XXXXXX")
    chmod 755 "$filling"
    if [ "$release" = noble ]; then
      ubuntu_keyring "$filling" >&2
      # No mirror: mmdebstrap knows the one that belongs to the release.
      source=(${ALLIE_UBUNTU_MIRROR:+"deb [signed-by=$filling/keyring.gpg] $ALLIE_UBUNTU_MIRROR noble main"})
      [ ${#source[@]} -gt 0 ] || source=(--keyring="$filling/keyring.gpg")
    else
      source=("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(lab_mirror) $release main")
    fi
    make_base "$release" "$filling" "${source[@]}" >&2 || { rm -rf "$filling"; return 1; }
    mv "$filling/base.tar" "$tar"
    rm -rf "$filling"
  fi
  exec 8>&-
  printf '%s\n' "$tar"
}

# shellcheck disable=SC2016  # mmdebstrap expands "$1" in its hook
make_base() { # make_base RELEASE DIR SOURCE...: an option of mmdebstrap, or its mirror
  local release=$1 filling=$2 options=() mirror=()
  shift 2
  for word; do case $word in --*) options+=("$word") ;; *) mirror+=("$word") ;; esac; done
  TMPDIR=$filling mmdebstrap --quiet --variant=minbase --mode=root --include="$packages,${networks[$release]}" "${options[@]}" \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "0"' \
    --dpkgopt="path-exclude=$no/doc/*" --dpkgopt="path-exclude=$no/man/*" --dpkgopt="path-exclude=$no/locale/*" --dpkgopt="path-exclude=$no/info/*" \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin' \
    "$release" "$filling/base.tar" "${mirror[@]}"
}

# Ubuntu's keys as Debian packs and signs them: Debian 12 itself has no package of them, the next release has.
ubuntu_keyring() { # ubuntu_keyring DIR
  local apt=$1/apt
  mkdir -p "$apt/state/lists/partial" "$apt/cache"
  : >"$apt/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$(lab_mirror)" >"$apt/sources.list"
  local options=(-q -y -o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
    -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null
    -o Dir::Etc::PreferencesParts=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
  apt-get "${options[@]}" update
  (cd "$apt" && apt-get "${options[@]}" download ubuntu-keyring)
  dpkg -x "$apt"/ubuntu-keyring_*.deb "$apt/unpacked"
  mv "$apt/unpacked/usr/share/keyrings/ubuntu-archive-keyring.gpg" "$1/keyring.gpg"
}
