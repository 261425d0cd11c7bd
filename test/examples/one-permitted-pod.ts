import { egress, type Family, ingress, open, rule } from './family.ts'

const wrong = 'wrong-answers'
const box1 = 'default/sleepybox1'
const box2 = 'default/sleepybox2'
const server = 'restricted/lab9server:80'
const alternative = 'restricted/svc/lab9server-alt:8080'
const dns = 'kube-system/coredns --port 53/udp'

export const onePermittedPod: Family = {
  folder: 'examples/one-permitted-pod',
  always: 'lab',
  rows: [
    ['D', '', box2, server, 'yes', open],
    ['D', 'answer.yaml', box1, server, 'yes', rule],
    ['D', 'answer.yaml', box2, server, 'no', ingress],
    ['D', 'answer.yaml', box1, 'restricted/lab9server:443', 'no', ingress],
    ['D', 'answer.yaml', box1, 'restricted/svc/lab9server:80', 'yes', rule],
    ['D', 'answer.yaml', box1, alternative, 'yes', rule],
    ['D', 'answer.yaml', 'restricted/lab9server', dns, 'yes', open],
    ['D', `${wrong}/pod-selector-alone.yaml`, box1, server, 'no', ingress],
    ['D', `${wrong}/pod-selector-alone.yaml`, box2, server, 'no', ingress],
    ['D', `${wrong}/two-entries.yaml`, box1, server, 'yes', rule],
    ['D', `${wrong}/two-entries.yaml`, box2, server, 'yes', rule, 'NEAR_MISS_AND_OR'],
    ['D', `${wrong}/egress-without-rules.yaml`, box1, server, 'yes', rule],
    ['D', `${wrong}/egress-without-rules.yaml`, box2, server, 'no', ingress],
    ['D', `${wrong}/egress-without-rules.yaml`, 'restricted/lab9server', dns, 'no', egress],
    ['D', `${wrong}/service-port.yaml`, box1, server, 'no', ingress],
    ['D', `${wrong}/service-port.yaml`, box1, alternative, 'no', ingress],
  ],
}
