import { expect, it } from 'vitest'
import { joinLabels } from '../../src/cli/what-if.ts'

it.each<[string, string]>([
  ['--label pod/web a=b web db', '--label pod/web+a=b web db'],
  ['--label pod/web a=b c- web db', '--label pod/web+a=b+c- web db'],
  ['--label=pod/web a=b web', '--label=pod/web+a=b web'],
  ['web --label pod/web a=b http://api/x?q=1', 'web --label pod/web+a=b http://api/x?q=1'],
  ['web --label pod/web a=b api:80/x?q=1', 'web --label pod/web+a=b api:80/x?q=1'],
  ['--label pod/web a=b --label pod/db c=d', '--label pod/web+a=b --label pod/db+c=d'],
  ['--label pod/web a=b -f - web', '--label pod/web+a=b -f - web'],
  ['--label pod/web -- a=b', '--label pod/web -- a=b'],
  ['can-reach web a=b', 'can-reach web a=b'],
])('%s is read as %s', (typed, joined) => {
  expect(joinLabels(typed.split(' ')).join(' ').replaceAll('\0', '+')).toBe(joined)
})
