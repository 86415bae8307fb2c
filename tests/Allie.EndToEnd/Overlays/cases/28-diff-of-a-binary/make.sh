# shellcheck shell=bash
mkdir layers/low/etc
printf 'one\ntwo\n' > image/etc/text
printf 'one\n2\n' > layers/low/etc/text
head -c 3000 /dev/urandom > image/etc/binary
head -c 3000 /dev/urandom > layers/low/etc/binary
echo x | tee image/etc/mode > layers/low/etc/mode
chmod 600 layers/low/etc/mode
