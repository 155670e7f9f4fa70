/**
 * What each shell evaluates to complete the words of this program. All of them ask the program itself, so
 * they know the commands of the installed version; if it has no answer, they offer files.
 */
export const shellScripts = {
  bash: `_pikzels_client() {
  local words line last kept
  # Split here, since the shell also splits at the colon of 16:9.
  read -ra words <<< "\${COMP_LINE:0:COMP_POINT}"
  [[ "\${COMP_LINE:0:COMP_POINT}" == *" " ]] && words+=("")
  last="\${words[\${#words[@]}-1]}"
  kept="\${last%"\${last##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do
    COMPREPLY+=("\${line#"$kept"}")
  done < <(pikzels-client complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _pikzels_client pikzels-client`,

  zsh: `#compdef pikzels-client
_pikzels_client() {
  local -a suggestions
  local value description
  while IFS=$'\\t' read -r value description; do
    suggestions+=("\${value//:/\\\\:}\${description:+:$description}")
  done < <(pikzels-client complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#suggestions} )); then _describe pikzels-client suggestions; else _files; fi
}
compdef _pikzels_client pikzels-client`,

  fish: `function __pikzels_client
  set -l current (commandline -ct)
  set -l words (commandline -opc)
  set -l suggestions (pikzels-client complete -- $words[2..-1] "$current" 2>/dev/null)
  if test (count $suggestions) -gt 0
    printf '%s\\n' $suggestions
  else
    __fish_complete_path "$current"
  end
end
complete -c pikzels-client -f -a '(__pikzels_client)'`,
} as const;
