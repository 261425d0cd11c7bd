import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from './run.ts'

describe('a matrix of many ends', () => {
  const pods = Array.from({ length: 60 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${index}`, namespace: index % 2 === 0 ? 'even' : 'odd' },
  }))
  const files = { 'pods.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }) }

  it('is an overview as text, and everything in all other forms', async () => {
    const text = await run(files, 'matrix -f pods.json --by pod')
    expect(text.out).toContain('From 60 Pods and 1 part of the world outside to each of them.')
    expect(text.out).toContain('Of 3,660 pairs all have something open.')
    const pairs = 60 * 59 + 2 * 60
    const json = await run(files, 'matrix -f pods.json --by pod -o json')
    expect(JSON.parse(json.out).connections).toHaveLength(pairs)
    const csv = await run(files, 'matrix -f pods.json --by pod -o csv')
    expect(csv.out.trimEnd().split('\n')).toHaveLength(pairs + 1)
    const bare = await run(files, 'matrix -f pods.json --by pod -o csv --no-headers')
    expect(bare.out).toBe(csv.out.split('\n').slice(1).join('\n'))
    const yaml = await run(files, 'matrix -f pods.json --by pod -o yaml')
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out))
    const wide = await run(files, 'matrix -f pods.json --by pod -o wide')
    expect(
      wide.out.split('\n').filter(line => line.startsWith('even/p') || line.startsWith('odd/p')),
    ).toHaveLength(60)
  })

  it('is the only report that has the form of CSV', async () => {
    const { exit, err } = await run(files, 'get pods -f pods.json -o csv')
    expect(exit).toBe(2)
    expect(err).toContain('only a matrix can be given as CSV')
  })
})
