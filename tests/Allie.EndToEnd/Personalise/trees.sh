# shellcheck shell=bash
# Sourced. lived_in_base RELEASE: prints the path of a tar with a small system of that release, made once through the machine's own package
# sources. Three releases, three ways to set up a network.

packages=systemd,systemd-sysv,udev,dbus,iproute2,openssh-server,procps
declare -A networks=([bookworm]=ifupdown [trixie]=network-manager [noble]=netplan.io)

lived_in_base() {
  local release=$1
  cached_tar "base-$release-$(printf '%s\n' 3 "$packages" "${networks[$release]}" | sha256sum | cut -c1-12)" make_base "$release"
}

cached_tar() { # cached_tar NAME MAKER RELEASE: MAKER RELEASE DIR leaves DIR/base.tar
  local cache=${ALLIE_CACHE:-$HOME/.cache/allie} filling
  local tar=$cache/$1.tar
  mkdir -p "$cache"
  exec 8>"$cache/.trees.lock"
  flock 8
  if ! [ -f "$tar" ]; then
    filling=$(mktemp -d "$cache/.making.XXXXXX")
    chmod 755 "$filling"
    "$2" "$3" "$filling" >&2 || { rm -rf "$filling"; return 1; }
    mv "$filling/base.tar" "$tar"
    rm -rf "$filling"
  fi
  exec 8>&-
  printf '%s\n' "$tar"
}

# The program itself makes it: bookworm by debootstrap, trixie and noble by mmdebstrap.
make_base() { # make_base RELEASE DIR
  local release=$1 filling=$2 path=$PATH key=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  mirror=$(lab_mirror) || return
  case $release in
    bookworm)
      cp -as /usr/bin "$filling/bin"
      rm "$filling/bin/mmdebstrap"
      path=$filling/bin:/usr/sbin:/sbin
      ;;
    noble)
      ubuntu_keyring "$filling" || return
      key=$filling/keyring.gpg
      mirror=$(ubuntu_mirror) || return
      ;;
  esac
  printf '%s\n' "${packages//,/ }" "${networks[$release]}" >"$filling/packages"
  PATH=$path TMPDIR=$filling "$ALLIE_BINARY" installer bootstrap --suite "$release" --into "$filling/tree" --packages "$filling/packages" --kernel none \
    --mirror "deb [signed-by=$key] $mirror $release main" || return
  rm -rf "$filling"/tree/usr/share/{doc,man,locale,info}/* "$filling"/tree/var/lib/apt/lists/* "$filling"/tree/var/cache/apt/*.bin
  tar --xattrs --xattrs-include='*' --numeric-owner -C "$filling/tree" -cf "$filling/base.tar" .
}

# The mirror that debootstrap's script knows for Ubuntu on a PC, the last of the first case; ALLIE_UBUNTU_MIRROR goes first.
ubuntu_mirror() {
  local known
  known=${ALLIE_UBUNTU_MIRROR:-$(awk '$1 == "default_mirror" { last = $2 } $1 == "esac" { print last; exit }' /usr/share/debootstrap/scripts/gutsy)}
  [ -n "$known" ] || { echo "debootstrap names no mirror of Ubuntu: set ALLIE_UBUNTU_MIRROR" >&2; return 1; }
  printf '%s\n' "$known"
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
