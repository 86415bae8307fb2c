# An edit on the server reaches both images on both PCs by the next hourly job
# shellcheck shell=bash
mark="edited $(date -u +%FT%TZ) by step 10"
typed server "mkdir -p /srv/allie/overlays/all/etc && echo '$mark' >/srv/allie/overlays/all/etc/lab-everywhere"
typed server "echo '$mark, deb13' >/srv/allie/overlays/deb13/etc/lab-overlay"
hourly pc1 pc2
while read -r pc slot; do
  check "deb12, running on $pc, has the new file" [ "$(on "$pc" cat /etc/lab-everywhere)" = "$mark" ]
  check "deb13 in slot $slot of $pc has it" [ "$(in_slot "$pc" "allie-$slot" 'cat /mnt/etc/lab-everywhere')" = "$mark" ]
  check "deb13 in slot $slot of $pc has the edit of its own overlay" [ "$(in_slot "$pc" "allie-$slot" 'cat /mnt/etc/lab-overlay')" = "$mark, deb13" ]
  check "deb12 on $pc has nothing of that one" refused on "$pc" test -e /etc/lab-overlay
done < <(prepped)
hourly pc1 pc2
check 'a run with nothing to do is silent' [ ! -s "$work/step/pc1.out" -a ! -s "$work/step/pc2.out" ]
printf '%s, deb13\n' "$mark" >"$work/edited"
note 'the edited files are in both images of pc1 and pc2; the run after that was silent'
