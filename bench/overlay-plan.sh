# shellcheck shell=bash disable=SC2154
# The plan for 100,000 paths that are all applied: time and memory. Target: peak under 150 MiB.

bench_overlay-plan() {
  local n
  for n in $(seq 100); do mkdir -p "$work/huge/etc/directory-$n" && (cd "$work/huge/etc/directory-$n" && seq -f 'file-of-an-ordinary-length-%g.conf' 1000 | xargs touch); done
  mkdir "$work/c"
  "$binary" apply --root "$work/c" --layer "$work/huge" >"$work/said" || { cat "$work/said"; exit 1; }
  echo 'overlay-plan: 100,000 paths, all applied before; local layer, 3 rounds; target: peak under 150 MiB'
  for _ in 1 2 3; do round allie-plan "$binary" apply -n --root "$work/c" --layer "$work/huge"; done
  report allie-plan allie-plan
}
