# A PC's disk started by QEMU, and its serial console: keys go in, what it shows comes out in a file.
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

power_on() { # power_on PC ACCEL
  local dir=$work/$1
  serial=$dir/serial.log
  rm -f "$dir/keys"
  mkfifo "$dir/keys"
  exec {keys}<>"$dir/keys"
  qemu-system-x86_64 -accel "$2" -m 512 -smp 2 -nodefaults -display none -no-reboot -serial stdio \
    -drive "file=$dir/disk,if=virtio,format=raw,cache=unsafe" <&"$keys" >"$serial" 2>"$dir/qemu.log" &
  emulator=$!
}

power_cut() { kill "$emulator"; }

# shown SECONDS WHAT PATTERN: wait until the console has shown it.
shown() {
  wait_for "$1" "$2 on the serial console" grep -aqE "$3" "$serial" && return
  tail -c 1500 "$serial" | LC_ALL=C tr -cd '\040-\176\n' | tail -n 15 | sed 's/^/  | /'
  return 1
}

press() { printf '%b' "$1" >&"$keys"; }

# The title that the menu has highlighted: the last one it drew in reverse video.
highlighted() {
  LC_ALL=C grep -aoP '\e\[7m\e\[[0-9;]+H\*[^\e]+' "$serial" | tail -n 1 | sed 's/^[^*]*\*//; s/ *$//' || :
}

drawn() { [ -n "$(highlighted)" ]; }

# choose_entry TITLE: arrow down until the menu shows it chosen, then Enter.
choose_entry() {
  local tries
  wait_for 30 'the menu to be drawn' drawn
  for tries in 1 2 3 4 5 6 7 8; do
    case $(highlighted) in "$1"*) press '\r'; return ;; esac
    press '\e[B'
    sleep 1
  done
  printf 'lab: the menu never had "%s" chosen after %s keys; the last was "%s"\n' "$1" "$tries" "$(highlighted)" >&2
  return 1
}
