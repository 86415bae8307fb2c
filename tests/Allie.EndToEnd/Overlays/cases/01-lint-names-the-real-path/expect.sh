# shellcheck shell=bash
exits 3
says f18/usr/lib64
