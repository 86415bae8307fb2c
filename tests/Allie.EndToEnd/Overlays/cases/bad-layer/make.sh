# shellcheck shell=bash
echo x > layers/high/x
echo file > layers/file
