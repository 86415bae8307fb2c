# shellcheck shell=bash
mkdir -p image/etc/there layers/low/etc/{there,new/deeper,used}
echo x > layers/low/etc/there/x
