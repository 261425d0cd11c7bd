import { describe, it } from 'vitest'
import { expectRows, type Json, pod, type Rows, service } from './ask.ts'
import { HOST, ingress, rule, world } from './ingress-world.ts'

/* SEMANTICS E: where a request comes in. */

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
