# shellcheck shell=bash
exits 3
says gone
says nobody
