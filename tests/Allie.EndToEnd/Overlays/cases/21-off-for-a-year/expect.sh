# shellcheck shell=bash
exits 0 0 0
manifest image > late
manifest fresh > new
same new late 'the late PC differs from the fresh one'
twice_is_once low
withdrawn_is_before
