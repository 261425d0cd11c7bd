import type { PodSpec, WrittenWorkload } from '../../model/objects.ts'
import type { Decoded } from '../decode-manifest.ts'
import { saysSame } from '../same.ts'

/**
 * The fields, in words, whose change the API server would refuse: most of a Pod's spec, the selector of a workload (S-156),
 * the Service of a StatefulSet, the template of a Job. Only those that answers depend on.
 */
export function refusedChanges(before: Decoded, after: Decoded): readonly string[] {
  if (before.as !== 'object' || after.as !== 'object') return []
  const [old, now] = [before.object, after.object]
  if (old.kind === 'Pod' && now.kind === 'Pod') return changesOfPod(old, now)
  return 'template' in old && 'template' in now ? changesOfWorkload(old, now) : []
}

const IN_PODS: Readonly<
  Record<Exclude<keyof PodSpec, 'labels' | 'images' | 'servedClasses' | 'configMaps' | 'dnsCache'>, string>
> = {
  ports: 'ports',
  hostPorts: 'hostPorts',
  hostNetwork: 'hostNetwork',
  node: 'node',
  hostname: 'hostname',
  subdomain: 'subdomain',
  dns: 'DNS settings',
  hostAliases: 'hostAliases',
}

const changesOfPod = (old: PodSpec, now: PodSpec): readonly string[] => {
  const [before, after] = [new Map(Object.entries(old)), new Map(Object.entries(now))]
  return Object.entries(IN_PODS).flatMap(([key, word]) =>
    saysSame(before.get(key), after.get(key)) ? [] : [word],
  )
}

function changesOfWorkload(old: WrittenWorkload, now: WrittenWorkload): readonly string[] {
  const selector = saysSame(old.selector, now.selector) ? [] : ['selector']
  switch (now.kind) {
    case 'StatefulSet':
      return old.serviceName === now.serviceName ? selector : [...selector, 'serviceName']
    case 'Job':
      return saysSame(templateOf(old), templateOf(now)) ? [] : ['template']
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'CronJob':
      return selector
  }
}

/** The server itself adds labels to the template of a Job. */
function templateOf({ template }: WrittenWorkload): PodSpec {
  const own = [...template.labels].filter(([key]) => !OF_JOB.test(key))
  return { ...template, labels: new Map(own) }
}

const OF_JOB = /^(?:batch\.kubernetes\.io\/)?(?:controller-uid|job-name)$/
