import { type Family, ingress, open, rule } from './family.ts'

export const isolation: Family = {
  folder: 'examples/isolation',
  rows: [
    ['F', '.', 'netpol-lab/frontend', 'netpol-lab/backend:80', 'yes', rule],
    ['F', '.', 'netpol-lab/intruder', 'netpol-lab/backend:80', 'no', ingress],
    ['F', '.', 'netpol-lab/frontend', 'netpol-lab/backend:443', 'no', ingress],
    ['F', '.', 'netpol-lab/intruder', 'netpol-lab/frontend:80', 'yes', open],
  ],
}
