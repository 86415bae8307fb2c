# Reads every subject of the lab's library, and the cluster's place: $lab, $top and $binary come from run.sh.
# shellcheck shell=bash

: "${lab:?}" "${top:?}" "${binary:?}"
work=$top/work
lab_id=${top##*/}
for subject in say report mirror trees network disk dress pc machine server console; do
  # shellcheck source=/dev/null
  . "$lab/lib/$subject.sh"
done
unset subject
