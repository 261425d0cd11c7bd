import { DB, DB_FROM_WEB, example, pod, policy, service, WEB } from './manifests.ts'
import type { Pages } from './page.ts'

/** A policy for `db` with something in it that is wrong. */
const refused = (ingress: string, podSelector = '{matchLabels: {app: db}}') =>
  example('matrix', policy('db', `podSelector: ${podSelector}\ningress:\n${ingress}`))

/** What is wrong with the input, or odd in it. But for warnings, there is no answer: `--skip-invalid` gives one without the object. */
export const INPUT = {
  CANNOT_READ: {
    meaning: 'A file or a folder cannot be read.',
    rule: 'An answer without a file that was named could be wrong, so there is none.',
    example: { manifests: '', command: 'matrix -f missing.yaml' },
    mend: 'Look for a slip in the path; make the file readable.',
    see: ['NO_MANIFESTS'],
  },
  CANNOT_RENDER: {
    meaning: 'kustomize or Helm is not installed, or has failed.',
    rule: '`-k` and `--helm` run your own `kustomize`, `kubectl kustomize` or `helm`; the message has its words.',
    example: { manifests: '', command: 'matrix -k overlays/prod' },
    mend: 'Run the command of the message by itself until it prints the manifests; its output can be given to `-f -`, too.',
    see: ['CANNOT_READ'],
  },
  CANNOT_WRITE: {
    meaning: 'The file of `--write` cannot be made.',
    rule: 'A file that is there already is never written over.',
    example: example('can-reach web pod/db --port 80 --write manifests.yaml', WEB, DB, DB_FROM_WEB),
    mend: 'Give another name, in a folder that is there.',
    see: ['CANNOT_READ'],
  },
  NO_MANIFESTS: {
    meaning: 'There is no Kubernetes object in what was named.',
    rule: 'An object has an `apiVersion` and a `kind`. Of a folder the files are read that end in .yaml, .yml or .json.',
    example: { manifests: 'name: somebody else’s settings\n', command: 'matrix' },
    mend: 'Name the folder of the manifests with `-f`; render Helm charts first (`helm template`).',
    see: ['CANNOT_READ', 'NO_IDENTITY'],
  },
  IS_KUSTOMIZATION: {
    meaning: 'The folder is a kustomization, which `-f` does not apply.',
    rule: 'Its namespace, its labels and its patches make other objects than those in the files. `kubectl apply -f` does not apply it either.',
    example: {
      ...example('matrix -f prod', WEB, DB),
      overlay: 'namespace: shop\nresources: [../manifests.yaml]\n',
    },
    mend: 'Ask with `-k` in the place of `-f`.',
    see: ['CANNOT_RENDER', 'UNDETERMINED_NOT_RENDERED'],
  },
  JSON_SYNTAX: {
    meaning: 'A large file of JSON is broken.',
    rule: 'Smaller ones are read as YAML, which says better what is wrong. (In the example `…` stands for a million characters.)',
    example: {
      manifests: '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "annotations": {"a": "…"',
      command: 'matrix',
      fill: 1_000_000,
    },
    mend: 'Make the file anew: it was probably cut off while it was written.',
    see: ['YAML_SYNTAX'],
  },
  YAML_SYNTAX: {
    meaning: 'kubectl cannot read the text as YAML, or ignores a part of it.',
    rule: 'Spaces at the start of a line show what belongs to what, never tabs. A bracket or a quote goes on until it is closed. A line that starts with `---` ends a document wherever it is, what comes after a line of `...` is not applied, and of two objects without `---` between them only the last is.',
    example: {
      manifests: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}\n',
      command: 'matrix',
    },
    mend: 'Look at the line that is marked and at the one above it.',
    see: ['DUPLICATE_FIELD', 'JSON_SYNTAX'],
  },
  YAML_TOO_LARGE: {
    meaning: 'A document is larger or more deeply nested than any object can be.',
    rule: 'A cluster takes objects of up to 1.5 MB. An alias repeats what its anchor holds, and aliases of aliases grow without end.',
    example: {
      manifests: `apiVersion: v1
kind: ConfigMap
metadata: {name: bomb}
a: &a [${'x, '.repeat(19)}x]
b: &b [${'*a, '.repeat(19)}*a]
c: &c [${'*b, '.repeat(19)}*b]
d: [${'*c, '.repeat(19)}*c]
`,
      command: 'matrix',
    },
    mend: 'Look at what made the file. Many objects belong in one List or in documents of their own.',
    see: ['YAML_SYNTAX', 'TOO_LONG'],
  },
  NO_IDENTITY: {
    meaning: 'What looks like an object has no apiVersion or no kind.',
    rule: 'A cluster refuses it, and the policy that it may have been meant to be would be missing.',
    example: example('matrix', DB_FROM_WEB.replace('kind', 'Kind')),
    mend: 'Write both fields; capitals count.',
    see: ['UNKNOWN_KIND', 'NO_MANIFESTS'],
  },
  UNKNOWN_KIND: {
    meaning: 'No cluster has this kind in this version, or it is no kind that can be asked for.',
    rule: 'apiVersion and kind go together: a NetworkPolicy is of `networking.k8s.io/v1`, and the versions before it are gone.',
    example: example('matrix', DB_FROM_WEB.replace('networking.k8s.io/v1', 'extensions/v1beta1')),
    mend: 'Write the apiVersion or the kind that is named in the help.',
    see: ['NO_IDENTITY'],
  },
  UNKNOWN_FIELD: {
    meaning: 'The kind does not have this field.',
    rule: 'Capitals count, and so does the place: what is indented too far belongs to something else. `kubectl apply` refuses it as well.',
    example: refused('- form: [{podSelector: {}}]'),
    mend: 'Write the field that is suggested, or move it to where it belongs (`kubectl explain` lists the fields).',
    see: ['WRONG_TYPE', 'DUPLICATE_FIELD'],
  },
  WRONG_TYPE: {
    meaning: 'The value is of another type than its field.',
    rule: 'YAML takes a plain `true`, `no` or `8080` for a boolean or a number; a field that is a list takes items with a dash each.',
    example: refused('- from: []', '{matchLabels: {app: db, shared: true}}'),
    mend: 'Put a text in quotes, take a number out of them, put a `-` before the item of a list, as the help says.',
    see: ['UNKNOWN_FIELD', 'INVALID_VALUE'],
  },
  DUPLICATE_FIELD: {
    meaning: 'A field is set twice in the same object.',
    rule: 'kubectl silently takes the last one, and so does netpol, with a warning.',
    example: {
      manifests: policy('db', 'podSelector: {}\ningress: [{}]\ningress: []'),
      command: 'matrix',
    },
    mend: 'Join the two, or remove one.',
    see: ['DUPLICATE_VALUE', 'YAML_SYNTAX'],
  },
  REQUIRED_VALUE: {
    meaning: 'A value is missing where one is needed.',
    rule: 'An entry of `from` or `to` has to say whom it means; everybody is meant where the list is left out.',
    example: refused('- from: [{}]'),
    mend: 'Write the value, or leave out what needs it.',
    see: ['FORBIDDEN', 'INVALID_VALUE'],
  },
  FORBIDDEN: {
    meaning: 'A field may not stand here, or not beside another one.',
    rule: 'An ipBlock is about addresses and selectors are about Pods: one entry has either.',
    example: refused('- from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]'),
    mend: 'Make two entries of it, with a `-` each, or leave one of the two out.',
    see: ['REQUIRED_VALUE', 'INVALID_VALUE'],
  },
  INVALID_VALUE: {
    meaning: 'The value is not one that the field can have.',
    rule: 'Numbers, names, labels and blocks of addresses have their own rules; the message has that of the API server.',
    example: refused('- from: [{ipBlock: {cidr: 10.0.0.5/8}}]'),
    mend: 'Write what the help says: here the block, or the one address.',
    see: ['UNSUPPORTED_VALUE', 'WRONG_TYPE', 'IPV6_SPELLING'],
  },
  UNSUPPORTED_VALUE: {
    meaning: 'The value is none of those that the field can have.',
    rule: 'Capitals count: `TCP`, `Ingress`, `Prefix`.',
    example: refused('- ports: [{port: 53, protocol: udp}]'),
    mend: 'Write one of the values that the message lists.',
    see: ['INVALID_VALUE'],
  },
  DUPLICATE_VALUE: {
    meaning: 'A value stands twice where it has to be unique.',
    rule: 'The ports of a Service, for one, each have a name and a number of their own.',
    example: example(
      'matrix',
      service('db', 'selector: {app: db}\nports: [{name: sql, port: 5432}, {name: sql, port: 5433}]'),
    ),
    mend: 'Give each its own, or remove one.',
    see: ['DUPLICATE_FIELD'],
  },
  TOO_LONG: {
    meaning: 'The annotations of a policy are longer than a cluster takes.',
    rule: 'All together may have 256 KiB. (In the example `…` stands for 262,144 characters.)',
    example: {
      manifests: DB_FROM_WEB.replace('{name: db}', '{name: db, annotations: {notes: …}}'),
      command: 'matrix',
      fill: 262_144,
    },
    mend: 'Keep large texts in a ConfigMap.',
    see: ['YAML_TOO_LARGE'],
  },
  NAMESPACE_NOT_FOUND: {
    meaning: 'An object is applied to a namespace that was deleted before.',
    rule: 'The API server makes no namespace by itself. Where none was deleted, netpol takes those to exist that objects are in.',
    example: example('matrix --delete ns/shop --apply manifests.yaml', pod('shop/web')),
    mend: 'Apply the Namespace before what is in it, or do not delete it.',
    see: ['ASSUMED_WHAT_IF', 'ASSUMED_NAMESPACE'],
  },
  NAME_NEEDS_1_36: {
    meaning: 'A warning: the name of the Service is good from Kubernetes 1.36 on only.',
    rule: 'Before, the name of a Service had to begin with a letter.',
    example: example('matrix', service('3scale', 'selector: {app: db}\nports: [{port: 5432}]'), DB),
    mend: 'Begin it with a letter to have it taken by older clusters too.',
    see: ['INVALID_VALUE'],
  },
  IPV6_SPELLING: {
    meaning: 'A warning: an IPv6 block is not written as it should be.',
    rule: 'The block means the same in every spelling; RFC 5952 has the one that tools agree on: lower case, zeros left out.',
    example: example(
      'matrix',
      policy('db', 'podSelector: {}\ningress:\n- from: [{ipBlock: {cidr: "2001:DB8::/32"}}]'),
      DB,
    ),
    mend: 'Write the spelling of the message.',
    see: ['INVALID_VALUE', 'NO_SHARED_IP_FAMILY'],
  },
  REPLACED_OBJECT: {
    meaning: 'A warning: an object is there twice, and the later one is in force.',
    rule: 'Two manifests with the same kind, namespace and name are one object: to apply the second replaces the first, and adds nothing to it.',
    example: example('matrix', WEB, DB, DB_FROM_WEB, policy('db', 'podSelector: {}')),
    mend: 'Rename one of them if both are meant to be in force; rules of several policies add up.',
    see: ['DUPLICATE_FIELD'],
  },
} satisfies Pages
