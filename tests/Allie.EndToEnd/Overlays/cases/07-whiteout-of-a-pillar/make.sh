# shellcheck shell=bash
ln -s usr/lib64 image/lib64
mkdir image/{home,boot}
mkdir layers/low/etc
touch layers/low/.wh.{usr,etc,var,home,root,boot,lib64}
echo x > layers/low/etc/x
