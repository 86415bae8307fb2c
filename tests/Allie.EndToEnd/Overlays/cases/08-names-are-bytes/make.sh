# shellcheck shell=bash
mkdir layers/low/etc
cd layers/low/etc || exit
echo 1 > 'with space'
echo 2 > $'new\nline'
echo 3 > $'latin\xe9'
echo 4 > $'bad\xff\xfe'
echo 5 > 'back\slash'
echo 6 > '"quote'"'"
echo 7 > Case
echo 8 > case
echo 9 > -n
echo 10 > $'\e[31mred'
echo 11 > ' '
touch $'.wh.gone\xff'
cd "$CASE" || exit
echo x > $'image/etc/gone\xff'
echo own > $'image/etc/latin\xe9'
