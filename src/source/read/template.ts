/*
 * Helm's templates: YAML only when the actions between their double braces have been carried out.
 */

/** From its braces to its braces; strings and comments may have braces inside. */
const ACTION =
  /\{\{-?\s*\/\*(?:[^*]|\*(?!\/))*\*\/\s*-?\}\}|\{\{(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*\}\}/y

/** Stands for an action, a character each, so that every other one stays where it is. */
const FILLED = '\ue000'

/** A line of actions alone is gone when they are carried out. */
const LINE_OF_ACTIONS = new RegExp(`^[ \\t]*${FILLED}[${FILLED} \\t]*(?:#[^\\n]*)?$`, 'gm')

/** A text as it is around its actions; undefined for one without any, or with braces that hold none. */
export function withoutActions(text: string): string | undefined {
  const out: string[] = []
  let end = 0
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', end)) {
    ACTION.lastIndex = start
    const [action] = ACTION.exec(text) ?? []
    if (action === undefined || !isAction(action)) return undefined
    // What `nindent` makes starts a line of its own.
    const isOnItsOwn = /\bnindent\b/.test(action)
    out.push(text.slice(end, start), (isOnItsOwn ? '\n' : FILLED).repeat(action.length))
    end = start + action.length
  }
  if (end === 0) return undefined
  const filled = out.join('') + text.slice(end)
  return filled.replace(LINE_OF_ACTIONS, line => '\n'.repeat(line.length))
}

/** `{{a: b}}` is a mapping in a mapping: the only colon of the template language is that of `:=`. */
function isAction(action: string): boolean {
  if (/^\{\{-?\s*\/\*/.test(action)) return true
  const code = action.slice(2, -2).replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '""')
  return /[^\s-]/.test(code) && !/:(?!=)/.test(code)
}

/** Whether what a template makes may be a policy: its kind says so, or is made by an action itself. */
export const mayMakePolicy = (text: string): boolean =>
  /^[\s{"'-]*kind["']?\s*:[^\n]*(?:\{\{|Policy\b)/m.test(text)

/** Whether a text has nothing but actions, one of which puts another template in its place: whole objects, perhaps. */
export const isAllMade = (text: string): boolean =>
  /\{\{-?\s*(?:include|template)\b/.test(text) && withoutActions(text)?.trim() === ''
