# Runs the steps one by one, and keeps what each did for the last line and for --json.
# shellcheck shell=bash

steps_ok=0 steps_failed=0 report=()

json_string() { # json_string TEXT
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  printf '"%s"' "$(LC_ALL=C tr -d '\000-\037' <<<"$text")"
}

# run_step NAME FILE: one step in its own shell, so that any command of it that fails ends it, and it alone.
run_step() {
  local name=$1 file=$2 start ok=true word=ok seconds title commands='' line
  title=$(sed -n '1s/^# //p' "$file")
  mkdir -p "$work/step"
  rm -f "$work/step"/*
  touch "$work/step/commands" "$work/step/note"
  say "$name: $title"
  start=$(now)
  bash -euo pipefail -c '. "$lab/lib/all.sh"; . "$lab/lib/typed.sh"; . "$1"' step "$file" || { ok=false; word=FAILED; }
  seconds=$(since "$start")
  [ ! -s "$work/step/note" ] || talk "$(cat "$work/step/note")"
  say "$name: $word ($seconds s)"
  say
  while IFS= read -r line; do commands+=${commands:+, }$(json_string "$line"); done <"$work/step/commands"
  report+=("$(printf '{"step": %s, "title": %s, "commands": [%s], "ok": %s, "seconds": %s, "note": %s}' \
    "$(json_string "$name")" "$(json_string "$title")" "$commands" "$ok" "$seconds" "$(json_string "$(cat "$work/step/note")")")")
  [ "$ok" = true ]
}

write_json() { # write_json FILE SECONDS
  local line separator=''
  {
    printf '{"ok": %s, "failed": %s, "seconds": %s, "steps": [' "$steps_ok" "$steps_failed" "$2"
    for line in "${report[@]}"; do printf '%s\n  %s' "$separator" "$line"; separator=,; done
    printf '\n]}\n'
  } >"$1.new"
  mv "$1.new" "$1"
}
