import { type Family, ingress, open, rule } from './family.ts'

const routed = 'apps.yaml ingress.yaml'
const gateway = 'apps.yaml gateway.yaml'
const url = 'http://shop.example.com'

export const httpRouting: Family = {
  folder: 'examples/http-routing',
  rows: [
    ['H', routed, 'internet', `${url}/api`, 'yes', open],
    ['H', routed, 'internet', `${url}/api/`, 'yes', open],
    ['H', routed, 'internet', `${url}/web`, 'yes', open],
    ['H', routed, 'internet', `${url}/web/index.html`, 'yes', open],
    ['H', routed, '203.0.113.7', 'https://anything.example.org/api', 'yes', open],
    ['H', routed, 'internet', `${url}/other`, 'no', 'NO_ROUTE'],
    ['H', routed, 'internet', `${url}/apis`, 'no', 'NO_ROUTE'],
    ['H', `${routed} deny.yaml`, 'internet', `${url}/api`, 'no', ingress],
    ['H', `${routed} deny.yaml`, 'internet', `${url}/web`, 'no', ingress],
    ['H', `${routed} deny.yaml`, 'internet', `${url}/other`, 'no', 'NO_ROUTE'],
    ['H', `${routed} deny.yaml allow-controller.yaml`, 'internet', `${url}/api`, 'yes', rule],
    [
      'H',
      `${routed} deny.yaml allow-controller.yaml controller.yaml`,
      'internet',
      `${url}/api`,
      'no',
      ingress,
    ],
    ['H', `${routed} deny.yaml allow-controller.yaml`, 'internet', 'default/api-app:5678', 'no', ingress],
    [
      'H',
      `${routed} deny.yaml allow-client.yaml controller.yaml`,
      '203.0.113.7',
      'default/api-app:5678',
      'yes',
      rule,
    ],
    ['H', gateway, 'internet', `${url}/api`, 'yes', open],
    ['H', gateway, 'internet', `${url}/web`, 'yes', open],
    ['H', gateway, 'internet', `${url}/other`, 'no', 'NO_ROUTE'],
    ['H', `${gateway} deny.yaml`, 'internet', `${url}/api`, 'no', ingress],
  ],
}
