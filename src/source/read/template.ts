/*
 * Templates of Helm, Jinja and their kin, which are YAML only once the actions in their braces are executed.
 */

/** From opening to closing braces; strings and comments may have braces inside. */
const ACTION =
  /\{\{-?\s*\/\*(?:[^*]|\*(?!\/))*\*\/\s*-?\}\}|\{\{(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*\}\}/y

/** Replaces each character of an action, so that no offset moves. */
const FILLED = '\ue000'

/** A line of nothing but actions disappears when they are executed. */
const LINE_OF_ACTIONS = new RegExp(`^[ \\t]*${FILLED}[${FILLED} \\t]*(?:#[^\\n]*)?$`, 'gm')

/** Variables of envsubst, what is filled in with sed, ERB, and brackets that are no list, because the value goes on. */
const SUBSTITUTED =
  /\$\{[^{}\n]{0,300}\}|@@?[A-Z][A-Z0-9_]*@@?|<%[^\n]{0,300}?%>|\[\[[\w. -]{1,300}\]\](?=[\w./-])/

/** Statements and comments of Jinja too. */
const STATEMENT = new RegExp(String.raw`\{%[^\n]{0,300}?%\}|\{#[^\n]{0,300}?#\}|${SUBSTITUTED.source}`, 'g')

/** What has to be substituted in a text that is no YAML; undefined where it has actions in braces. */
export const substitutedIn = (text: string): string | undefined =>
  text.includes('{{') ? undefined : SUBSTITUTED.exec(text)?.[0]

/** A text taken apart: what is between actions, and the actions, in turn; undefined where braces are not one. */
export function piecesOf(text: string): readonly string[] | undefined {
  const pieces: string[] = []
  let end = 0
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', end)) {
    ACTION.lastIndex = start
    const [action] = ACTION.exec(text) ?? []
    if (action === undefined || !isAction(action)) return undefined
    pieces.push(text.slice(end, start), action)
    end = start + action.length
  }
  return [...pieces, text.slice(end)]
}

/** A text with its actions replaced; undefined for a text without actions, or with braces that are not one. */
export function withoutActions(written: string): string | undefined {
  const text = written.replace(STATEMENT, statement => statement.replace(/[^\n]/g, FILLED))
  const pieces = piecesOf(text)
  if (pieces === undefined || (pieces.length === 1 && text === written)) return undefined
  const filled = pieces
    // The output of `nindent` starts on a line of its own.
    .map((piece, index) =>
      index % 2 === 0 ? piece : (/\bnindent\b/.test(piece) ? '\n' : FILLED).repeat(piece.length),
    )
    .join('')
  return filled.replace(LINE_OF_ACTIONS, line => '\n'.repeat(line.length))
}

/** `{{a: b}}` is a mapping in a mapping: the template language has colons only in `:=`. */
function isAction(action: string): boolean {
  if (/^\{\{-?\s*\/\*/.test(action)) return true
  const code = action.slice(2, -2).replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""')
  return /[^\s-]/.test(code) && !/:(?!=)/.test(code)
}

/** Comments, and what is in quotes on one line. */
const QUOTED = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<=^|\s)#[^\n]*/g

/** Whether a text has actions where they could make it YAML, and not only in comments and strings. */
export const hasActions = (text: string): boolean => withoutActions(text.replace(QUOTED, '')) !== undefined

/** Whether a template may render a policy: its kind is one, or is itself made by an action. */
export const mayMakePolicy = (text: string): boolean =>
  /^[\s{"'-]*kind["']?\s*:[^\n]*(?:\{\{|[$@]|Policy\b)/m.test(text)

/** Whether a text has nothing but actions, one of which includes another template, which may give whole objects. */
export const isAllMade = (text: string): boolean =>
  /\{\{-?\s*(?:include|template)\b/.test(text) && withoutActions(text)?.trim() === ''
