# shellcheck shell=bash
# Sourced by build.sh. set_up PURPOSE installs what that purpose needs from the machine's own package sources, once.

# One list a purpose, each on top of those it stands on; lab/packages belongs to the rehearsal cluster.
packages_for() {
  case "$1" in
    build) echo clang lld zlib1g-dev ;;
    test)
      packages_for boot-tests
      echo rsync procps util-linux iproute2 mount attr acl jq patch shellcheck strace python3 tar libcap2-bin openssh-client openssh-server
      echo xfsprogs btrfs-progs policycoreutils xz-utils zstd lz4 bzip2 systemd-container mmdebstrap debootstrap debian-archive-keyring dnf createrepo-c rpm
      echo debian-installer-12-netboot-amd64 xorriso isolinux python3-yaml python3-jsonschema
      ;;
    installer-test)
      packages_for boot-tests
      echo debian-installer-12-netboot-amd64 python3
      ;;
    boot-tests)
      packages_for build
      echo qemu-system-x86 ovmf grub-common grub2-common grub-pc-bin grub-efi-amd64-bin systemd-boot-efi extlinux syslinux-common mtools
      echo dosfstools e2fsprogs fdisk util-linux mount busybox-static cpio policycoreutils attr
      ;;
    smoke) packages_for build; echo strace file mmdebstrap ;;
    lab) packages_for build; sed 's/#.*//' lab/packages ;;
    bench) packages_for build; echo rsync time e2fsprogs perl-base grep openssh-client fdisk iproute2 partclone openssh-server python3 cfengine3 puppet-agent ansible-core ;;
    package) echo dpkg-dev gzip rpm ;;
  esac
}

set_up() {
  local missing=() package
  for package in $(packages_for "$1"); do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" != 0 ]; then
    echo "build.sh: '$1' needs these packages: ${missing[*]}; run it as root once, or: sudo apt-get install ${missing[*]}" >&2
    exit 2
  fi
  echo "installing: ${missing[*]}" >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=600 "${missing[@]}" >/dev/null
}
