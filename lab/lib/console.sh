# A PC's disk started by QEMU; what its serial console shows comes out in a file.
# shellcheck shell=bash

# KVM only where a kernel was seen to start under it: some hosts offer a /dev/kvm on which none does.
choose_accel() { # choose_accel KERNEL
  if [ -n "${ALLIE_LAB_ACCEL:-}" ]; then printf '%s\n' "$ALLIE_LAB_ACCEL"; return; fi
  if grep -qE '\b(vmx|svm)\b' /proc/cpuinfo && [ -w /dev/kvm ] &&
    timeout -s KILL 10 qemu-system-x86_64 -accel kvm -m 256 -nodefaults -display none -serial stdio -no-reboot \
      -kernel "$1" -append 'console=ttyS0 panic=-1' </dev/null 2>/dev/null | grep -aq 'Linux version'; then
    printf 'kvm\n'
  else
    printf 'tcg,thread=multi\n'
  fi
}

# Its network card is on the cluster's bridge, in the place of the one that the PC had until it was switched off.
power_on() { # power_on PC ACCEL
  local dir=$work/$1
  serial=$dir/serial.log
  ip link set "v$1" down
  if ! ip link show dev "t$1" >/dev/null 2>&1; then
    ip tuntap add dev "t$1" mode tap
    ip link set "t$1" master br0 up
  fi
  qemu-system-x86_64 -accel "$2" -m 512 -smp 2 -nodefaults -display none -no-reboot -serial stdio \
    -netdev "tap,id=lan,ifname=t$1,script=no,downscript=no" -device virtio-net-pci,netdev=lan,romfile= \
    -drive "file=$dir/disk,if=virtio,format=raw,cache=unsafe" </dev/null >"$serial" 2>"$dir/qemu.log" &
  emulator=$!
}

power_cut() { kill "$emulator"; wait "$emulator" 2>/dev/null || :; }

# shown SECONDS WHAT PATTERN: wait until the console has shown it.
shown() {
  wait_for "$1" "$2 on the serial console" grep -aqE "$3" "$serial" && return
  tail -c 1500 "$serial" | LC_ALL=C tr -cd '\040-\176\n' | tail -n 15 | sed 's/^/  | /'
  return 1
}

# boot_env PC: what is set in its boot menu's environment, in one line; read from its disk, whoever uses that now.
boot_env() {
  local first
  first=$(sfdisk -d "$work/$1/disk" | sed -n 's/.*start= *\([0-9]*\),.*name="base".*/\1/p')
  debugfs -R 'cat /boot/grub/allie.env' "$work/$1/disk?offset=$((first * 512))" 2>/dev/null | grep -aE '^allie_(default|try|tries)=' | paste -sd' '
}

committed() { [ "$(boot_env "$1")" = allie_default=allie-b ]; }
