import { egress, type Family, ingress, rule } from './family.ts'

const unenforced = 'POLICY_NOT_ENFORCED'

export const networkPlugins: Family = {
  folder: 'examples/network-plugins',
  always: 'shop.yaml',
  rows: [
    ['T-37', 'no-metadata.yaml', 'shop/web', 'shop/db:5432', 'yes', rule],
    ['T-37', 'no-metadata.yaml', 'shop/web', 'shop/db:5432 --cni calico', 'yes', rule],
    ['T-37', 'no-metadata.yaml', 'shop/web', 'shop/db:5432 --cni cilium', 'no', egress],
    ['T-37', 'no-metadata.yaml', 'shop/web', '203.0.113.7:443 --cni cilium', 'yes', rule],
    ['T-37', 'no-metadata-anywhere.yaml', 'shop/web', 'shop/db:5432 --cni cilium', 'yes', rule],
    ['T-41', 'sql.yaml', 'shop/web', 'shop/db:5432', 'yes', rule],
    ['T-41', 'sql.yaml', 'shop/web', 'shop/db:5432 --cni weave', 'no', ingress],
    ['S-042', 'no-egress.yaml', 'shop/web', 'node/node-1:22', 'yes', 'NODE_TRAFFIC'],
    ['S-042', 'no-egress.yaml', 'shop/web', 'node/node-1:22 --cni kindnet', 'no', egress],
    ['S-070', 'no-egress.yaml', 'shop/web', 'shop/db:5432 --cni cilium', 'no', egress],
    ['S-070', 'no-egress.yaml', 'shop/web', 'shop/db:5432 --cni none', 'yes', unenforced],
    ['T-43', 'no-egress.yaml', 'shop/web', 'shop/db:5432 --cni flannel', 'yes', unenforced],
  ],
}
