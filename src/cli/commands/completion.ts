import type { CommandSpec } from '../command.ts'

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

export const completion: CommandSpec = {
  name: 'completion',
  summary: 'the script that makes a shell complete commands, options and the names in your manifests',
  arguments: [{ name: 'shell', description: 'whose script', choices: SHELLS }],
  options: [],
  readsNothing: true,
  examples: [
    'completion bash > ~/.local/share/bash-completion/completions/netpol',
    'completion zsh > ~/.zsh/completions/_netpol',
    'completion fish > ~/.config/fish/completions/netpol.fish',
    'completion powershell >> $PROFILE',
  ],
  run: ({ args, netpol }) => {
    const shell = SHELLS.find(name => name === args[0]) ?? 'bash'
    const script = netpol.completionScript(shell)
    return {
      report: { kind: 'Completion', shell, script },
      text: () => [script.trimEnd()],
      exit: 0,
      notes: [],
    }
  },
}
