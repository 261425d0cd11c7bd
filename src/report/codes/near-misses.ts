import {
  DB,
  DB_FROM_WEB,
  DB_SERVICE,
  example,
  NOTHING_IN,
  namespace,
  pod,
  policy,
  service,
  WEB,
} from './manifests.ts'
import type { Example, Pages } from './page.ts'

/** Lets one peer in to `db` on its port. */
const lettingIn = (peer: string, ports = '[{port: 5432}]'): string =>
  policy('db', `podSelector: {matchLabels: {app: db}}\ningress:\n- from: [${peer}]\n  ports: ${ports}`)

const APP_WEB = '{podSelector: {matchLabels: {app: web}}}'

/** Two namespaces, and a policy in the one that is to let in a Pod of the other. */
const betweenNamespaces = (...from: readonly string[]): Example =>
  example(
    'explain shop/web data/db --port 5432',
    namespace('shop', 'team: sales'),
    namespace('data'),
    pod('shop/web'),
    pod('data/db'),
    policy(
      'data/db',
      `podSelector: {matchLabels: {app: db}}\ningress:\n- from:\n${from.map(line => `  ${line}`).join('\n')}`,
    ),
  )

const FROM_ADDRESS = (block: string): Example =>
  example('explain 10.0.1.7 pod/db --port 5432', DB, lettingIn(block))

/** Rules that do not match, and which part of them it is. */
export const NEAR_MISSES = {
  NEAR_MISS_PORT: {
    meaning: 'The peer matches, but the port is another one.',
    rule: 'Both lists of a rule have to match: `from` or `to`, and `ports`. A port is compared with the port of the destination Pod.',
    example: example('explain web pod/db --port 8080', WEB, DB, DB_FROM_WEB),
    mend: 'Add the port to `ports` of this rule, or ask for the port that is meant.',
    see: ['NEAR_MISS_PROTOCOL', 'SERVICE_PORT_IS_NOT_POD_PORT', 'NAMED_PORT_UNRESOLVED'],
  },
  NEAR_MISS_PROTOCOL: {
    meaning: 'The peer and the port number match, but the protocol is another one.',
    rule: 'An entry of `ports` without `protocol` means TCP, never any protocol.',
    example: example('explain web pod/db --port 5432/udp', WEB, DB, DB_FROM_WEB),
    mend: 'Add an entry with the other protocol: `{port: 53, protocol: UDP}` beside `{port: 53}`.',
    see: ['NEAR_MISS_PORT', 'DNS_OVER_TCP_BLOCKED'],
  },
  NEAR_MISS_LABEL: {
    meaning: 'The namespace matches, but a label of the Pod does not.',
    rule: 'All labels of a podSelector have to be on the Pod, each with just this value; capitals count.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      lettingIn('{podSelector: {matchLabels: {app: frontend}}}'),
    ),
    mend: 'Give the Pod the label (in the template of its workload), or write in the selector the label that it has.',
    see: ['NEAR_MISS_NAMESPACE_LABEL', 'NEAR_MISS_AND_OR'],
  },
  NEAR_MISS_NAMESPACE_LABEL: {
    meaning: 'A label of the namespace does not match.',
    rule: 'A namespaceSelector looks at the labels of the Namespace object, not at its name. The only label that each namespace has by itself is `kubernetes.io/metadata.name`.',
    example: betweenNamespaces('- namespaceSelector: {matchLabels: {name: shop}}'),
    mend: 'Write `kubernetes.io/metadata.name: shop` to select a namespace by its name, or give the Namespace the label.',
    see: ['NEAR_MISS_OWN_NAMESPACE', 'ASSUMED_NAMESPACE'],
  },
  NEAR_MISS_OWN_NAMESPACE: {
    meaning: 'A podSelector alone means Pods of the policy’s own namespace, and the Pod is in another one.',
    rule: 'Where an entry of `from` or `to` has no namespaceSelector, its podSelector is about the namespace of the policy.',
    example: betweenNamespaces('- podSelector: {matchLabels: {app: web}}'),
    mend: 'Put a namespaceSelector into the same entry, without a dash of its own: `kubernetes.io/metadata.name: shop`.',
    see: ['NEAR_MISS_NAMESPACE_LABEL', 'NEAR_MISS_AND_OR'],
  },
  NEAR_MISS_SELECTOR: {
    meaning: 'A label of the Pod is required of its namespace, or a label of the namespace of its Pods.',
    rule: 'A namespaceSelector looks only at the labels of Namespace objects, and a podSelector only at those of Pods.',
    example: betweenNamespaces('- namespaceSelector: {matchLabels: {app: web}}'),
    mend: 'Write the label in the other selector of the entry; `kubernetes.io/metadata.name` selects a namespace by its name.',
    see: ['NEAR_MISS_NAMESPACE_LABEL', 'NEAR_MISS_LABEL', 'NEAR_MISS_AND_OR'],
  },
  NEAR_MISS_AND_OR: {
    meaning:
      'Two entries would match as one, or one as two: what stands behind the dashes is not what is meant.',
    rule: 'A namespaceSelector and a podSelector in one entry mean Pods that both match. Each with a dash of its own, they are two entries: all Pods of those namespaces, or those Pods of the policy’s own namespace.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      lettingIn(`{namespaceSelector: {matchLabels: {team: data}}, ${APP_WEB.slice(1)}`),
    ),
    mend: 'Take the dash before the second selector away to mean both at once; put one there to mean either of them.',
    see: ['NEAR_MISS_OWN_NAMESPACE', 'NEAR_MISS_NAMESPACE_LABEL'],
  },
  NEAR_MISS_TWO_RULES: {
    meaning:
      'One rule has only peers and another one only ports: each allows by itself what the other one does not.',
    rule: 'Each dash under `ingress` or `egress` begins a rule. A rule without ports allows all ports, and one without peers all peers.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      pod('api'),
      policy(
        'db',
        'podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{podSelector: {matchLabels: {app: api}}}]\n- ports: [{port: 5432}]',
      ),
    ),
    mend: 'Write both in one rule, without a dash before the second, if only these peers may use only these ports.',
    see: ['NEAR_MISS_AND_OR', 'ALLOWED_BY_RULE'],
  },
  NEAR_MISS_EMPTY_RULE: {
    meaning: 'The policy is called after what it denies, and its only rule is empty: it allows everything.',
    rule: 'A rule without peers and ports matches every connection. To deny, a policy has no rule at all for the direction.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      policy('deny-all', 'podSelector: {}\npolicyTypes: [Ingress]\ningress: [{}]'),
    ),
    mend: 'Remove the rule: `ingress: []`, with Ingress in `policyTypes`.',
    see: ['ALLOWED_BY_RULE', 'POLICY_TYPES_LEFT_OUT'],
  },
  NEAR_MISS_CIDR: {
    meaning: 'The address is outside the block.',
    rule: 'The number behind the slash is how many leading bits have to be equal: 10.0.0.0/24 ends with 10.0.0.255.',
    example: FROM_ADDRESS('{ipBlock: {cidr: 10.0.0.0/24}}'),
    mend: 'Widen the block, or add an ipBlock with the address and /32 behind it (/128 for IPv6).',
    see: ['NEAR_MISS_EXCEPT', 'ASSUMED_CLIENT_IP'],
  },
  NEAR_MISS_EXCEPT: {
    meaning: 'The address is in the block, but in an exception of it.',
    rule: 'An exception narrows its own block and nothing else: another entry, rule or policy may still open what it takes out.',
    example: FROM_ADDRESS('{ipBlock: {cidr: 10.0.0.0/16, except: [10.0.1.0/24]}}'),
    mend: 'Take the address out of `except`, or add an ipBlock of its own for it.',
    see: ['NEAR_MISS_CIDR'],
  },
  SERVICE_PORT_IS_NOT_POD_PORT: {
    meaning: 'The rule names the port of the Service; policies see the port of the Pod.',
    rule: 'A connection to a Service is sent on to a Pod before policies look at it. They see the Pod’s address and its port (`targetPort`), never those of the Service.',
    example: example(
      'explain web svc/db --port 80',
      WEB,
      DB,
      service('db', 'selector: {app: db}\nports: [{port: 80, targetPort: 5432}]'),
      lettingIn(APP_WEB, '[{port: 80}]'),
    ),
    mend: 'Write the Service’s `targetPort` in the rule.',
    see: ['NEAR_MISS_PORT', 'SERVICE_PORT_UNKNOWN', 'ASSUMED_POLICY_AFTER_SERVICE'],
  },
  NAMED_PORT_UNRESOLVED: {
    meaning: 'The rule names a port that the destination Pod does not declare.',
    rule: 'The name of a port is looked up among the container ports of the destination Pod, with its protocol. Only Pods have named ports.',
    example: example('explain web pod/db --port 5432', WEB, DB, lettingIn(APP_WEB, '[{port: postgres}]')),
    mend: 'Give the container port that name, or write its number in the rule.',
    see: ['NEAR_MISS_PORT', 'ASSUMED_SIDECAR_PORT'],
  },
  IPBLOCK_IS_FOR_OUTSIDE: {
    meaning:
      'The other end is a Pod or a node, and the network plugin lets an ipBlock match addresses outside only.',
    rule: 'The API leaves it open whether an ipBlock matches the addresses of Pods and nodes. Most plugins let it; Cilium does not.',
    example: example(
      'explain web pod/db --port 5432 --cni cilium',
      WEB,
      DB,
      lettingIn('{ipBlock: {cidr: 0.0.0.0/0}}'),
    ),
    mend: 'Add an entry with selectors for the Pods that are meant.',
    see: ['ASSUMED_IPBLOCK_MATCHES_POD', 'CNI_BEHAVIOUR'],
  },
  SELECTOR_NEEDS_A_POD: {
    meaning: 'A selector matches Pods only, and the other end is none.',
    rule: 'Nodes, addresses outside the cluster and Pods on the network of their node have no labels that a policy could see: only an ipBlock, or a rule without `from` or `to`, matches them.',
    example: example('explain internet pod/db --port 5432', DB, lettingIn('{namespaceSelector: {}}')),
    mend: 'Add an ipBlock for the address: `0.0.0.0/0` for any IPv4 address.',
    see: ['NEAR_MISS_CIDR', 'NOT_SUBJECT_TO_POLICIES'],
  },
  RULE_DOES_NOT_MATCH: {
    meaning: 'Neither the peers nor the ports of the rule match.',
    rule: 'The rule differs in more than one part, so it is hardly the one that was meant to open the connection.',
    example: example(
      'explain web pod/db --port 8080',
      WEB,
      DB,
      lettingIn('{podSelector: {matchLabels: {app: backup}}}'),
    ),
    mend: 'Add a rule of its own for the connection, and leave this one as it is.',
    see: ['NEAR_MISS_LABEL', 'NEAR_MISS_PORT'],
  },
  NEAR_MISS_POLICY_NAMESPACE: {
    meaning: 'A policy of another namespace would select the Pod.',
    rule: 'A policy selects Pods of its own namespace only, whatever its podSelector says. One without a namespace is in `default`.',
    example: example(
      'explain shop/api shop/db --port 5432',
      namespace('shop'),
      pod('shop/api'),
      pod('shop/db'),
      DB_FROM_WEB,
    ),
    mend: 'Write the namespace of the Pod in the metadata of the policy.',
    see: ['NEAR_MISS_SUBJECT_LABEL', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'],
  },
  NEAR_MISS_SUBJECT_LABEL: {
    meaning: 'A policy nearly selects the Pod: a label differs.',
    rule: 'The podSelector of a policy’s spec says whom it is about. A Pod that it does not match is not isolated by it, and its rules open nothing for it.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      pod('db', { labels: 'app: ordres' }),
      pod('db-2', { labels: 'app: orders' }),
      NOTHING_IN,
      policy('orders', 'podSelector: {matchLabels: {app: orders}}\ningress: [{}]'),
    ),
    mend: 'Write in the podSelector the label that the Pod has, or give the Pod that of the selector.',
    see: ['NEAR_MISS_POLICY_NAMESPACE', 'POLICY_SELECTS_NOTHING'],
  },
  POLICY_SELECTS_NOTHING: {
    meaning: 'A policy selects no Pod of the input.',
    rule: 'A policy whose podSelector matches nobody isolates nobody and opens nothing.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      policy('db', 'podSelector: {matchLabels: {app: bd}}\npolicyTypes: [Ingress]'),
    ),
    mend: 'Compare its podSelector with the labels of the Pods of its namespace: `{netpol} get pods -o wide`.',
    see: ['NEAR_MISS_SUBJECT_LABEL', 'NEAR_MISS_POLICY_NAMESPACE'],
  },
  NEAR_MISS_DIRECTION: {
    meaning: 'A rule is for connections between the same two ends, but for those the other way.',
    rule: 'Who opens a connection needs an egress rule, and whom it is opened to an ingress rule. Answers come back by themselves and need no rule.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      policy(
        'db',
        `podSelector: {matchLabels: {app: db}}\negress:\n- to: [${APP_WEB}]\n  ports: [{port: 5432}]\npolicyTypes: [Ingress, Egress]`,
      ),
    ),
    mend: 'Write the rule under `ingress` with `from` in a policy for the destination, or under `egress` with `to` in one for the source.',
    see: ['DENIED_BY_INGRESS', 'DENIED_BY_EGRESS'],
  },
  POLICY_TYPES_LEFT_OUT: {
    meaning: 'A policy without policyTypes is about other directions than its rules are.',
    rule: 'Without `policyTypes` a policy is about ingress, always, and about egress only if it has an egress rule. So one of nothing but egress rules lets nobody in, and one with `egress: []` lets everything out.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      policy('db', 'podSelector: {matchLabels: {app: db}}\negress:\n- ports: [{port: 53, protocol: UDP}]'),
    ),
    mend: 'Write `policyTypes` with the directions that are meant.',
    see: ['RULES_OUTSIDE_POLICY_TYPES', 'DENIED_BY_INGRESS', 'ALLOWED_NO_POLICY_SELECTS_SOURCE'],
  },
  RULES_OUTSIDE_POLICY_TYPES: {
    meaning: 'A policy has rules for a direction that its policyTypes leave out: they do nothing.',
    rule: '`policyTypes` is taken at its word. Rules under `egress` have no effect unless it has Egress, and those under `ingress` none unless it has Ingress.',
    example: example(
      'explain web pod/db --port 5432',
      WEB,
      DB,
      DB_SERVICE,
      policy(
        'db',
        `podSelector: {matchLabels: {app: db}}\npolicyTypes: [Egress]\ningress:\n- from: [{podSelector: {matchLabels: {app: api}}}]`,
      ),
    ),
    mend: 'Add the direction to `policyTypes`, or remove the rules.',
    see: ['ALLOWED_NO_POLICY_SELECTS_DESTINATION', 'POLICY_SELECTS_NOTHING'],
  },
} satisfies Pages
