import { beforeAll, describe, expect, it } from 'vitest'
import { cluster, listOf } from '../../bench/cluster.ts'
import { overview } from '../../src/questions/matrix/overview.ts'
import type { Paper } from '../../src/render/paper.ts'
import { overviewText } from '../../src/render/text/overview.ts'
import { styleFor } from '../../src/render/text/style.ts'
import { buildWorld, type World } from '../../src/world/world.ts'

const everyone = (): boolean => true
const question = {
  by: 'workload',
  asked: { protocol: undefined, port: undefined },
  isSource: everyone,
  isDestination: everyone,
} as const

const worldOf = (pods: number): World =>
  buildWorld([
    { path: 'x.json', text: JSON.stringify(listOf(cluster({ pods, policies: pods, shape: 'usual' }))) },
  ])

describe('the overview of a matrix', () => {
  let style: Paper['style']
  beforeAll(async () => {
    style = await styleFor(false)
  })

  it.each([
    [60, 40],
    [60, 80],
    [60, 200],
    [1000, 40],
    [1000, 80],
    [3000, 200],
  ])('of %i Pods fits a terminal of %i columns, and a screen or two', async (pods, width) => {
    const paper: Paper = { width, wide: false, headers: true, verbose: false, style, excerpt: () => [] }
    const lines = [...overviewText(overview(worldOf(pods), question), paper)]
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width)
    expect(lines.length).toBeLessThan(100)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/overview-${pods}-at-${width}.txt`)
  })
})
