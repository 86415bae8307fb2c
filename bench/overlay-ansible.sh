# shellcheck shell=bash disable=SC2154
# The third peer of overlay-hourly, by itself as it needs more than a minute: ansible on this machine, 300 files that are in place already, one run.

bench_overlay-ansible() {
  local layer n
  command -v ansible-playbook >/dev/null || { echo 'overlay-ansible: there is no ansible-playbook here'; return; }
  for layer in all f18 group; do
    mkdir -p "$work/files/$layer/etc/d"
    for n in $(seq 100); do echo "$layer $n" >"$work/files/$layer/etc/d/$layer-$n"; done
  done
  cp -a "$work/files" "$work/target"
  cat >"$work/overlay.yml" <<PLAY
- hosts: localhost
  connection: local
  gather_facts: false
  tasks: [{ copy: { src: "$work/files/", dest: "$work/target/", mode: preserve } }]
PLAY
  echo 'overlay-ansible: hourly run with nothing to do, 300 files, one round'
  ANSIBLE_LOCAL_TEMP="$work/ansible" round ansible-copy ansible-playbook -i localhost, "$work/overlay.yml"
  grep -q 'ok=1 .*changed=0 .*failed=0' "$work/said" || { echo 'bench: ansible had something to do'; exit 1; }
  report ansible-copy ansible-copy
}
