# shellcheck shell=bash
holds image/etc/x 2
gone image/etc/.allie-hold
gone image/.allie-hold
