# shellcheck shell=bash
# Sourced. round NAME COMMAND...: runs it once, notes wall seconds, CPU seconds and peak memory of the whole process tree.
# report BASE NAME...: medians over the rounds, and each wall time as a ratio to BASE's of the same round.

round() {
  local name=$1
  shift
  /usr/bin/time -a -o "$work/times.$name" -f '%e %U %S %M' "$@" >"$work/said" 2>&1 || { echo "bench: $name failed:"; tail -n 5 "$work/said"; exit 1; }
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

report() {
  local base=$1 name
  shift
  printf '%-28s %8s %8s %8s %10s\n' what 'wall s' 'CPU s' ratio 'peak MiB'
  for name in "$@"; do
    [ -e "$work/times.$name" ] || continue
    [ -e "$work/times.$base" ] || base=$name
    printf '%-28s %8s %8s %8s %10s\n' "$name" \
      "$(cut -d' ' -f1 "$work/times.$name" | median)" \
      "$(awk '{ print $2 + $3 }' "$work/times.$name" | median)" \
      "$(paste -d' ' "$work/times.$name" "$work/times.$base" | awk 'NF == 8 { printf "%.2f\n", $1 / ($5 > 0 ? $5 : 0.001) }' | median)" \
      "$(awk '{ printf "%.1f\n", $4 / 1024 }' "$work/times.$name" | median)"
  done
}
