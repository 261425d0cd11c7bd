import { type Family, ingress, open, rule } from './family.ts'

const world = 'namespaces.yaml pods.yaml'
const byName = `${world} deny-ingress.yaml allow-from-dev1.yaml`

export const namespacesByName: Family = {
  folder: 'examples/namespaces-by-name',
  rows: [
    ['G1', world, 'dev1/demo1', 'dev2/demo2:80', 'yes', open],
    ['G2', `${world} deny-ingress.yaml`, 'dev1/demo1', 'dev2/demo2:80', 'no', ingress],
    ['G3', byName, 'dev1/demo1', 'dev2/demo2:80', 'yes', rule],
    ['G4', byName, 'default/default', 'dev2/demo2:80', 'no', ingress],
    ['G5', `${byName} http-echo.yaml`, 'dev1/demo1', 'dev2/http-echo:8080', 'no', ingress],
    ['G5', `${byName} http-echo.yaml`, 'dev1/demo1', 'dev2/svc/http-echo:8080', 'no', ingress],
    ['G5', `${byName} http-echo.yaml`, 'dev1/demo1', 'http://http-echo.dev2:8080', 'no', ingress],
    ['G6', `${byName} http-echo.yaml`, 'dev1/demo1', 'dev2/svc/http-echo:80', 'no', 'SERVICE_PORT_UNKNOWN'],
    ['G6', `${byName} http-echo.yaml`, 'dev1/demo1', 'http://http-echo.dev2', 'no', 'SERVICE_PORT_UNKNOWN'],
  ],
}
