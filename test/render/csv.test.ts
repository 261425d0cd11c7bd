import { expect, it } from 'vitest'
import { matrixCsv } from '../../src/render/csv.ts'
import type { Matrix } from '../../src/report/report.ts'

it('has a line for each pair and protocol, and says of what it is not sure', () => {
  const report: Matrix = {
    kind: 'Matrix',
    by: 'workload',
    port: null,
    endpoints: [],
    connections: [
      { from: 'a', to: 'b', open: 'all' },
      {
        from: 'a',
        to: 'c',
        open: [
          {
            protocol: 'TCP',
            ports: [
              [80, 80],
              [8080, 8090],
            ],
          },
          { protocol: 'OTHER', ports: [] },
        ],
        partial: true,
      },
    ],
    undetermined: [{ from: 'say "x", y', to: 'b', open: [{ protocol: 'UDP', ports: [[53, 53]] }] }],
    assumptions: [],
  }
  expect([...matrixCsv(report, true)]).toEqual([
    'from,to,state,protocol,ports',
    'a,b,open,all,',
    'a,c,partial,TCP,80 8080-8090',
    'a,c,partial,OTHER,',
    '"say ""x"", y",b,undetermined,UDP,53',
  ])
})
