import { describe, expect, it } from 'vitest'
import { pod } from './rendered-manifests.ts'
import { run } from './run.ts'

describe('a kustomization is named by its folder, and by -k', () => {
  it.each([
    ['-k prod/kustomization.yaml', 'CANNOT_RENDER', 'ask with `-k prod`\n'],
    ['-k Kustomization', 'CANNOT_RENDER', 'ask with `-k .`\n'],
    ['-k /kustomization.yml', 'CANNOT_RENDER', 'ask with `-k /`\n'],
    [
      '-f prod/kustomization.yaml',
      'IS_KUSTOMIZATION',
      'ask with `-k prod` in the place of `-f prod/kustomization.yaml`\n',
    ],
    ['-f prod', 'IS_KUSTOMIZATION', 'ask with `-k prod` in the place of `-f prod`\n'],
  ])('%s', async (named, code, help) => {
    const files = {
      'prod/kustomization.yaml': 'namespace: shop\nresources: [pod.yaml]\n',
      'prod/pod.yaml': pod('web'),
    }
    const { exit, err } = await run(files, `get pods ${named}`, { programs: {} })
    expect(exit).toBe(2)
    expect(err).toContain(`error[${code}]`)
    expect(err).toContain(help)
  })

  it('also where no path is typed', async () => {
    const { err } = await run(
      { 'kustomization.yaml': 'namespace: shop\nresources: [pod.yaml]\n', 'pod.yaml': pod('web') },
      'get pods',
    )
    expect(err).toContain('  = help: ask with `-k .`\n')
  })
})
