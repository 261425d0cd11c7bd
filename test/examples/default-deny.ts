import { both, egress, type Family, ingress, open, openSource, part, rule, self } from './family.ts'

const closed = 'pods.yaml deny-egress.yaml deny-ingress.yaml'
const allowed = `${closed} allow-centos-to-nginx.yaml`

export const defaultDeny: Family = {
  folder: 'examples/default-deny',
  rows: [
    // The scenario pings; asked for all ports, the answer covers what has no ports as well.
    ['A1', 'pods.yaml', 'default/pod1', 'internet', 'yes', openSource],
    ['A1', 'pods.yaml', 'default/pod1', 'kube-system/toolbox', 'yes', open],
    ['A1', 'pods.yaml', 'default/pod1', 'www.google.com:443', 'yes', openSource],
    ['A2', 'pods.yaml deny-egress.yaml', 'default/pod1', 'internet', 'no', egress],
    ['A2', 'pods.yaml deny-egress.yaml', 'default/pod1', 'kube-system/toolbox', 'no', egress],
    ['A2', 'pods.yaml deny-egress.yaml', 'default/pod1', 'www.google.com:443', 'no', 'DNS_BLOCKED'],
    ['A2', 'pods.yaml deny-egress.yaml', 'kube-system/toolbox', 'default/pod2:80', 'yes', open],
    ['A3', closed, 'kube-system/toolbox', 'default/pod2:80', 'no', ingress],
    ['A3', closed, 'default/pod1', 'default/pod2:80', 'no', both],
    ['A3', closed, 'default/pod2', 'default/pod2:80', 'yes', self],
    ['A4', allowed, 'default/pod1', 'default/pod2:80', 'yes', rule],
    ['A4', allowed, 'default/pod1', 'default/pod2', 'partial', part],
    ['A5', allowed, 'default/pod1', 'default/pod2:8080', 'no', both],
    ['A5', allowed, 'default/pod1', 'default/pod2 --port 80/udp', 'no', both],
    ['A6', `${allowed} service.yaml`, 'default/pod1', 'http://nginx', 'no', 'DNS_BLOCKED'],
    ['A6', `${allowed} service.yaml`, 'default/pod1', '10.96.0.20:80', 'yes', rule],
    ['A6', `${allowed} service.yaml`, 'default/pod1', 'default/svc/nginx:80', 'yes', rule],
    ['A7', allowed, 'kube-system/toolbox', 'default/pod2:80', 'no', ingress],
  ],
}
