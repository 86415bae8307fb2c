# Prepare the unattended-install file that uses one spare partition
# shellcheck shell=bash
typed server 'allie installer kickstart --release F42 --target PARTLABEL=allie-b --keyword vanilla -o /root/f42.ks'
text=$(on server cat /root/f42.ks)
check 'the boot loader is left alone' grep -q '^bootloader .*--location=none' <<<"$text"
check 'the root goes to one existing partition' grep -Eq '^part(ition)? / .*--onpart' <<<"$text"
check 'the keyword is read' grep -q vanilla <<<"$text"
check 'no other partition is touched' refused grep -E '^(autopart|zerombr|clearpart .*--(all|linux|drives))' <<<"$text"
note "/root/f42.ks: $(wc -l <<<"$text") lines, root on $(grep -Eo 'PARTLABEL=allie-[a-z]+' <<<"$text" | head -n 1) alone, no boot loader"
