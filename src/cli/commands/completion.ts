import { reference } from '../command.ts'

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

export const completion = reference({
  name: 'completion',
  summary: 'the script that makes a shell complete commands, options and the names in your manifests',
  kind: 'Completion',
  arguments: [{ name: 'shell', description: 'whose script', choices: SHELLS }],
  settings: {},
  examples: [
    'completion bash > ~/.local/share/bash-completion/completions/netpol',
    'completion zsh > ~/.zsh/completions/_netpol',
    'completion fish > ~/.config/fish/completions/netpol.fish',
    'completion powershell >> $PROFILE',
  ],
  run: async ({ args }) => {
    const shell = SHELLS.find(name => name === args[0]) ?? 'bash'
    return { output: { kind: 'Completion', shell, script: SCRIPTS[shell] } }
  },
})

/*
 * The scripts by which shells ask netpol for completions. For the form of its answer see ../complete.ts.
 */

/** Bash splits words at : and = too, so the line is read again, and the part before the last split is cut off the reply. */
const BASH = `# bash completion for netpol
_netpol() {
  local line=\${COMP_LINE:0:COMP_POINT} word=\${COMP_WORDS[COMP_CWORD]} words current
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]}-1]}
  [[ $word == [:=] ]] && word=
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :4) compopt +o default 2>/dev/null ;;
      :6) compopt +o default -o nospace 2>/dev/null ;;
      :*) ;;
      *) line=\${line%%$'\\t'*} && COMPREPLY+=("\${line#"\${current%"$word"}"}") ;;
    esac
  done < <("\${words[0]}" __complete "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _netpol netpol kubectl-netpol
`

const ZSH = `#compdef netpol kubectl-netpol
_netpol() {
  local -a typed found
  local line files=0
  local -a end
  (( CURRENT > 2 )) && typed=("\${(@Q)words[2,CURRENT-1]}")
  while IFS= read -r line; do
    case $line in
      :0) files=1 ;;
      :6) end=(-S '') ;;
      :*) ;;
      *) line=\${line//:/\\\\:} && found+=("\${line/$'\\t'/:}") ;;
    esac
  done < <("\${(Q)words[1]}" __complete "\${typed[@]}" "\${(Q)PREFIX}" 2>/dev/null)
  if (( files )); then _files; else _describe netpol found $end; fi
}
if [[ $funcstack[1] == _netpol ]]; then _netpol "$@"; else compdef _netpol netpol kubectl-netpol; fi
`

const FISH = `# fish completion for netpol
function __netpol_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':0'
                __fish_complete_path "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c netpol -f -a '(__netpol_complete)'
complete -c kubectl-netpol -f -a '(__netpol_complete)'
`

/** Older versions drop an empty argument unless its quotes are passed too. */
const POWERSHELL = `# PowerShell completion for netpol
Register-ArgumentCompleter -Native -CommandName netpol, kubectl-netpol -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { "$_" })
    $program, $typed = $words
    $empty = if ($PSNativeCommandArgumentPassing -in 'Standard', 'Windows') { '' } else { '""' }
    $current = if ($word) { $word } else { $empty }
    & $program __complete @typed $current 2>$null | Where-Object { $_ -notlike ':*' } | ForEach-Object {
        $text, $description = $_ -split "\`t", 2
        if (-not $description) { $description = $text }
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $description)
    }
}
`

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
}
