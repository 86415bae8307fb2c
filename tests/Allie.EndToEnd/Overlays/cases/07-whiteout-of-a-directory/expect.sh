# shellcheck shell=bash
exits 0
gone image/opt/d
twice_is_once low
withdrawn_is_before
