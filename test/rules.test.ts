import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/* docs/rules.md states each rule that comments and tests cite by its number. */

const PAGE = join('docs', 'rules.md')
const page = readFileSync(PAGE, 'utf8')
const NUMBER = /\b(?:[SK]-\d{3}[a-d]?|T-\d{2})\b/g
const RANGE = /\b([SK]-\d{3}[a-d]?) to ([SK]-\d{3}[a-d]?)\b/g

const rowsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^\| ([SKT]-\w+) \|/gm)].map(([, number = '']) => number)
const listed = rowsIn(page)

const textsIn = (...folders: readonly string[]): readonly string[] =>
  folders
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name)),
    )
    .filter(path => path !== PAGE)
    .map(path => readFileSync(path, 'utf8'))

const numbersIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap(text => text.match(NUMBER) ?? []))

/** Those between the ends of `S-121 to S-126` as well. */
function citedIn(texts: readonly string[]): ReadonlySet<string> {
  const ranges = texts.flatMap(text => [...text.matchAll(RANGE)])
  const within = ranges.flatMap(([, first = '', last = '']) =>
    listed.filter(number => number.at(0) === first.at(0) && first <= number && number <= last),
  )
  return new Set([...numbersIn(texts), ...within])
}

describe('docs/rules.md', () => {
  const everywhere = textsIn('src', 'test', 'bench', 'docs')

  it('lists each rule that is cited, its own citations too', () => {
    const cited = numbersIn([...everywhere, page])
    expect([...cited].filter(number => !listed.includes(number)).sort()).toEqual([])
  })

  it('lists no other rules, and each once', () => {
    const cited = citedIn(everywhere)
    expect(listed.filter(number => !cited.has(number))).toEqual([])
    expect(listed).toEqual([...new Set(listed)])
  })

  it('every rule about answers has a test that names it: those of the parts A, C and E', () => {
    const parts = page.split(/^## /m).filter(part => /^[ACE]\. /.test(part))
    expect(parts).toHaveLength(3)
    const tested = numbersIn(textsIn(join('test', 'semantics')))
    expect(parts.flatMap(rowsIn).filter(number => !tested.has(number))).toEqual([])
  })
})
