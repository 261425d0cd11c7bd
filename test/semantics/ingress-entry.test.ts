import { describe, it } from 'vitest'
import { expectRows, type Json, pod, policy, type Rows, service } from './ask.ts'
import { HOST, ingress, rule, world } from './ingress-world.ts'

/* Where a request comes in. */

const NGINX = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }
const controller = (spec: Json = {}) =>
  pod('edge/controller', NGINX, { spec, ports: [{ name: 'http', containerPort: 8000 }] })
const inFront = (spec: Json) => service('edge/front', { type: 'LoadBalancer', selector: NGINX, ...spec })

describe('the way in', () => {
  it.each<[string, readonly Json[], Rows]>([
    [
      'that the Service in front hands on',
      [controller(), inFront({ ports: [{ port: 8080, targetPort: 8000 }] })],
      [
        [`internet -> http://${HOST}:8080/`, 'yes'],
        [`internet -> http://${HOST}/`, 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'of the nodes that lead to the Service in front',
      [controller(), inFront({ ports: [{ port: 80, targetPort: 8000, nodePort: 30080 }] })],
      [
        [`internet -> http://${HOST}:30080/`, 'yes'],
        [`internet -> http://${HOST}:8080/`, 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'of the node that the controller uses itself',
      [controller({ hostNetwork: true }), inFront({ ports: [{ port: 80, targetPort: 8000 }] })],
      [
        [`internet -> http://${HOST}/`, 'yes'],
        [`internet -> http://${HOST}:8000/`, 'yes'],
        [`internet -> http://${HOST}:8080/`, 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'of a controller without a Service in the input',
      [controller()],
      [
        [`internet -> https://${HOST}/`, 'yes'],
        [`internet -> http://${HOST}:8000/`, 'yes'],
        [`internet -> http://${HOST}:8080/`, 'undetermined', 'UNDETERMINED_CONTROLLER_PORT'],
      ],
    ],
    [
      'of the second of several Services in front',
      [
        controller(),
        inFront({ ports: [{ port: 8080, targetPort: 8000 }] }),
        service('edge/second', {
          type: 'NodePort',
          selector: NGINX,
          ports: [{ port: 80, targetPort: 8000 }],
        }),
      ],
      [
        [`internet -> http://${HOST}:8080/`, 'yes'],
        [`internet -> http://${HOST}/`, 'yes'],
      ],
    ],
    [
      'of a Service of the cluster that has addresses outside',
      [
        controller(),
        inFront({
          type: 'ClusterIP',
          externalIPs: ['203.0.113.9'],
          ports: [{ port: 8080, targetPort: 8000 }],
        }),
      ],
      [
        [`internet -> http://${HOST}:8080/`, 'yes'],
        [`internet -> http://${HOST}/`, 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'of no Service that is for the cluster alone',
      [controller(), inFront({ type: 'ClusterIP', ports: [{ port: 8080, targetPort: 8000 }] })],
      [
        [`internet -> http://${HOST}/`, 'yes'],
        [`internet -> http://${HOST}:8080/`, 'undetermined', 'UNDETERMINED_CONTROLLER_PORT'],
      ],
    ],
    [
      'of the one controller of several that has it on its node',
      [
        controller({ hostNetwork: true }),
        pod('edge/second', NGINX, { ports: [{ name: 'http', containerPort: 9000 }] }),
      ],
      [[`internet -> http://${HOST}:8000/`, 'yes']],
    ],
    [
      'that the controller declares among others',
      [
        pod('edge/controller', NGINX, {
          ports: [
            { name: 'http', containerPort: 8000 },
            { name: 'metrics', containerPort: 10254 },
            { name: 'quic', containerPort: 8443, protocol: 'UDP' },
          ],
        }),
      ],
      [
        [`internet -> http://${HOST}:8000/`, 'yes'],
        [`internet -> http://${HOST}:8443/`, 'undetermined', 'UNDETERMINED_CONTROLLER_PORT'],
      ],
    ],
    [
      'to that of the controller that is called after the scheme',
      [controller(), policy('edge/controller', { podSelector: {}, ingress: [{ ports: [{ port: 8000 }] }] })],
      [
        [`internet -> http://${HOST}/`, 'yes'],
        [`internet -> https://${HOST}/`, 'no', 'DENIED_BY_INGRESS'],
      ],
    ],
    [
      'to that of the controller that is called so by Traefik',
      [
        pod('edge/controller', NGINX, {
          ports: [
            { name: 'admin', containerPort: 9000 },
            { containerPort: 9001 },
            { name: 'websecure', containerPort: 8443 },
          ],
        }),
        policy('edge/controller', { podSelector: {}, ingress: [{ ports: [{ port: 8443 }, { port: 80 }] }] }),
      ],
      [
        [`internet -> https://${HOST}/`, 'yes'],
        [`internet -> http://${HOST}/`, 'yes'],
      ],
    ],
    [
      'of a controller that is not in the input',
      [],
      [
        [`internet -> http://${HOST}/`, 'yes'],
        [`internet -> http://${HOST}:8080/`, 'undetermined', 'UNDETERMINED_CONTROLLER_PORT'],
      ],
    ],
  ])('S-351 S-211 the client comes in on a port %s', (_, objects, rows) =>
    expectRows(world(ingress('main', { rules: [rule(HOST, ['/', 'api'])] }), ...objects), rows),
  )
})
