# shellcheck shell=bash disable=SC2154
# What an administrator might run each hour instead, with nothing to do, on the same 300 files: cf-agent and puppet apply, where they are installed.
# Both read the files from a local directory: they are spared the network that `allie apply` and rsync pay for.

# Called by bench_overlay-hourly with the files to keep in place. Sets `peers` to the names that took part.
prepare_peers() {
  local files=$1
  peers=()
  if command -v cf-agent >/dev/null; then prepare_cfengine "$files"; peers+=(cf-agent); fi
  if command -v puppet >/dev/null; then prepare_puppet "$files"; peers+=(puppet-apply); fi
}

prepare_cfengine() {
  export CFENGINE_TEST_OVERRIDE_WORKDIR="$work/cf"
  mkdir -p -m 700 "$work/cf" "$work/cf/ppkeys" "$work/cf/bin" "$work/cf/inputs" "$work/cf/state" "$work/cf/outputs" "$work/cf/modules" "$work/cf/lib" "$work/cf-target"
  ln -s "$(command -v cf-promises)" "$work/cf/bin/"
  cf-key >/dev/null
  cat >"$work/policy.cf" <<POLICY
body common control { bundlesequence => { "overlay" }; }
body copy_from tree(from) { source => "\$(from)"; compare => "digest"; }
body depth_search all { depth => "inf"; }
bundle agent overlay { files: "$work/cf-target/." copy_from => tree("$1"), depth_search => all; }
POLICY
  chmod 600 "$work/policy.cf"
  run_cf-agent >/dev/null # the first run copies; the measured ones have nothing to do
  [ "$(find "$work/cf-target" -type f | wc -l)" = "$(find "$1" -type f | wc -l)" ] || { echo 'bench: cf-agent copied nothing'; exit 1; }
}

run_cf-agent() { cf-agent --no-lock --file "$work/policy.cf"; }

prepare_puppet() {
  local file
  mkdir -p "$work/puppet-target"
  find "$1" -type f | while read -r file; do
    echo "file { '$work/puppet-target/${file##*/}': ensure => file, source => '$file' }"
  done >"$work/overlay.pp"
  run_puppet-apply >/dev/null 2>&1
  [ "$(find "$work/puppet-target" -type f | wc -l)" = "$(find "$1" -type f | wc -l)" ] || { echo 'bench: puppet copied nothing'; exit 1; }
}

run_puppet-apply() { puppet apply --vardir "$work/puppet-var" --confdir "$work/puppet-conf" "$work/overlay.pp"; }

# One round of each peer: puppet, which is slow, in the first round only, which is enough at its distance.
round_peers() {
  local name
  for name in "${peers[@]}"; do
    [ "$name" != cf-agent ] && [ "$1" -gt 1 ] && continue
    export work; export -f "run_$name"
    round "$name" bash -c "run_$name"
  done
}
