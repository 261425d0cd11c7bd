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

  const TREE = {
    'app/base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'app/base/pod.yaml': pod('web'),
    'app/base/more/pod.yaml': pod('db'),
    'app/overlays/dev/kustomization.yml': 'resources: [../../base]\n',
    'app/overlays/prod/Kustomization': 'resources: [../../base]\n',
    'app/overlays/test/kustomization.yaml': 'resources: [../../base]\n',
    'other/pod.yaml': pod('c'),
  }
  const FAILED = 'run it by itself'

  it.each([
    [
      'app/overlays/prd',
      'did you mean `-k app/overlays/dev` or `-k app/overlays/prod` or `-k app/overlays/test`?',
    ],
    [
      'app',
      'did you mean `-k app/base` or `-k app/overlays/dev` or `-k app/overlays/prod` or one of 1 more?',
    ],
    ['app/base/pod.yaml', 'did you mean `-k app/base`?'],
    ['app/base/more', 'did you mean `-k app/base`?'],
    ['app/base', FAILED],
    ['other', FAILED],
    ['https://example.com/repo//app', FAILED],
    ['example.com/org/repo', FAILED],
  ])('-k %s, which cannot be rendered, is answered with what is near', async (folder, help) => {
    const { exit, err } = await run(TREE, `get pods -k ${folder}`, {
      programs: { kustomize: () => ({ status: 1, err: 'Error: unable to find a kustomization' }) },
    })
    expect(exit).toBe(2)
    expect(err).toContain(`unable to find a kustomization\n  = help: ${help}`)
  })

  it('also where no path is typed', async () => {
    const { err } = await run(
      { 'kustomization.yaml': 'namespace: shop\nresources: [pod.yaml]\n', 'pod.yaml': pod('web') },
      'get pods',
    )
    expect(err).toContain('  = help: ask with `-k .`\n')
  })
})
