# bash completion for allie: the program itself knows its commands and options.
_allie() {
  local IFS=$'\n'
  mapfile -t COMPREPLY < <(compgen -W "$(allie complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _allie allie
