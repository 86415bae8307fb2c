# shellcheck shell=bash
exits 3
says strange
says 4242
says shadow-like
