/** What answers say of objects that controllers create: facts, and the sentence that they make. */
export const CREATED = {
  ASSUMED_CREATED_PODS: [
    [
      { how: 'as-its-operator-does', by: [{ kind: 'Kafka', namespace: 'shop', name: 'events' }] },
      'Pods of Kafka shop/events are not in the manifests: assuming those that the operator usually creates',
    ],
    [
      { how: 'from-its-template', by: [{ kind: 'Fleet', namespace: 'shop', name: 'f' }] },
      'Pods of Fleet shop/f are not in the manifests: assuming that the controller creates them from the template',
    ],
  ],
  ASSUMED_TEMPLATE_PARAMETERS: [
    [
      { templates: ['shop'] },
      'the objects of Template shop are read with the defaults of its parameters; `oc process` may set others',
    ],
  ],
  UNDETERMINED_CREATED_POLICY: [
    [
      { by: ['a', 'b', 'c', 'd'].map(name => ({ kind: 'HelmRelease', namespace: 'shop', name })) },
      'HelmRelease shop/a, HelmRelease shop/b, HelmRelease shop/c and 1 more may create NetworkPolicies, which are not in the manifests',
    ],
  ],
} as const
