import type { Cluster } from '../model/cluster.ts'
import type { ContainerPort, Pod, Service, ServicePort } from '../model/objects.ts'
import { type Connections, ports } from '../sets/connections.ts'
import type { PortQuestion } from './port-question.ts'

/** A Pod behind a Service, and the port that a connection to one of the Service's ports arrives at. */
export interface ServiceLeg {
  readonly pod: Pod
  readonly servicePort: ServicePort
  /** The port of the Pod, which is what policies see (S-060). */
  readonly podPort: number
}

/** The Pods that a Service's selector chooses and that would get its connections (S-200 to S-202). */
export function endpointsOf(cluster: Cluster, service: Service): readonly Pod[] {
  const { selector, namespace, publishNotReadyAddresses } = service
  if (selector === undefined) return []
  const isChosen = ({ labels }: Pod): boolean =>
    [...selector].every(([key, value]) => labels.get(key) === value)
  return cluster.pods.filter(
    pod =>
      pod.namespace === namespace &&
      !pod.finished &&
      (pod.ready || publishNotReadyAddresses) &&
      isChosen(pod),
  )
}

/** The ports of a Service that a question is about: all of them where it names none. */
export function portsAsked(service: Service, { protocol, port }: PortQuestion): readonly ServicePort[] {
  const isAsked = (candidate: ServicePort): boolean =>
    (protocol === undefined || candidate.protocol === protocol) &&
    (port === undefined || candidate.port === port || candidate.name === port)
  const asked = service.ports.filter(isAsked)
  // A number alone means TCP, unless the Service has it in another protocol only.
  const tcp =
    typeof port === 'number' && protocol === undefined ? asked.filter(({ protocol: of }) => of === 'TCP') : []
  if (tcp.length > 0) return tcp
  if (asked.length > 0 || !service.headless || typeof port !== 'number') return asked
  // Nothing stands between a client and the Pods of a headless Service: every port can be dialled (S-215).
  return [{ name: undefined, protocol: protocol ?? 'TCP', port, targetPort: port, nodePort: undefined }]
}

/** Where connections to a port of a Service arrive: one leg for each Pod that has the target port (S-211 to S-215). */
export function legsOf(
  pods: readonly Pod[],
  service: Service,
  servicePort: ServicePort,
): readonly ServiceLeg[] {
  return pods.flatMap(pod => {
    const podPort = service.headless ? servicePort.port : targetOn(pod, servicePort)
    return podPort === undefined ? [] : [{ pod, servicePort, podPort }]
  })
}

/** S-212 to S-214; sidecars stand behind the containers in `pod.ports`. */
function targetOn(pod: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  const isTarget = (port: ContainerPort): boolean => port.name === targetPort && port.protocol === protocol
  return pod.ports.find(isTarget)?.number
}

/** What a client of a Service dials, as connections. */
export const dialled = ({ protocol, port }: ServicePort): Connections => ports(protocol, port, port)
