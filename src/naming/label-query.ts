import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'

/**
 * Reads kubectl's `-l`: `app=web,tier!=db,env in (a, b),!debug`; without it every object matches. Throws CannotAnswer for
 * anything else.
 */
export function labelQuery(typed = ''): (labels: Labels) => boolean {
  const parts = typed.split(/,(?![^(]*\))/).map(part => part.trim())
  const tests = parts.filter(part => part !== '').map(part => requirement(part, typed))
  return labels => tests.every(test => test(labels))
}

/** Reads labels as they are: `app=web,tier=front`. Throws CannotAnswer for anything else. */
export function labelPairs(typed: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    typed.split(',').map(part => {
      const [, key, value] = new RegExp(`^\\s*(${KEY_SOURCE})=(${VALUE_SOURCE})\\s*$`).exec(part) ?? []
      if (key === undefined || value === undefined)
        cannotAnswer('BAD_SELECTOR', `invalid label \`${part}\``, 'write key=value, joined by commas')
      return [key, value] as const
    }),
  )
}

const KEY_SOURCE = '[A-Za-z0-9][-A-Za-z0-9_./]*'
const VALUE_SOURCE = '[-A-Za-z0-9_.]*'

function requirement(part: string, typed: string): (labels: Labels) => boolean {
  const [, absent, present] = new RegExp(`^(?:!\\s*(${KEY_SOURCE})|(${KEY_SOURCE}))$`).exec(part) ?? []
  if (absent !== undefined) return labels => !labels.has(absent)
  if (present !== undefined) return labels => labels.has(present)
  const [, key = '', operator, value = ''] =
    new RegExp(`^(${KEY_SOURCE})\\s*(==?|!=)\\s*(${VALUE_SOURCE})$`).exec(part) ?? []
  if (operator !== undefined) return labels => (operator === '!=') !== hasOneOf(labels, key, [value])
  const [, setKey = '', not, list] =
    new RegExp(`^(${KEY_SOURCE})\\s+(not)?in\\s*\\(([^()]*)\\)$`).exec(part) ?? []
  if (list === undefined)
    cannotAnswer(
      'BAD_SELECTOR',
      `\`${part}\` in \`-l ${typed}\` is no label selector`,
      'write key=value, key!=value, key, !key or key in (a, b), joined by commas',
    )
  const values = list.split(',').map(item => item.trim())
  return labels => (not !== undefined) !== hasOneOf(labels, setKey, values)
}

function hasOneOf(labels: Labels, key: string, values: readonly string[]): boolean {
  const value = labels.get(key)
  return value !== undefined && value !== UNKNOWABLE && values.includes(value)
}
