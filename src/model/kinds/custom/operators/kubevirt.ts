import type { Part } from '../custom-object.ts'
import type { OperatorKind, OperatorPods } from './operator.ts'

const STOPPED = ['Halted', 'Manual']
const launcher = (name: string, machine: Part, replicas: number): OperatorPods => ({
  name: `virt-launcher-${name}`,
  replicas,
  labels: {
    ...machine.texts('metadata', 'labels'),
    'kubevirt.io': 'virt-launcher',
    'vm.kubevirt.io/name': machine.text('spec', 'hostname') ?? name,
  },
  unknowable: ['kubevirt.io/created-by', 'vmi.kubevirt.io/id'],
  ports: [],
})
const isStopped = (spec: Part): boolean =>
  STOPPED.includes(spec.text('runStrategy') ?? '') || (spec.has('running') && !spec.isTrue('running'))
const ofTemplate = (spec: Part): Part => spec.part('template')
const labelsPath = ['spec', 'template', 'metadata', 'labels']
/** kubevirt/kubevirt: pkg/virt-controller/services/template.go. A virtual machine is reached by the address of its Pod. */
export const KUBEVIRT: readonly OperatorKind[] = [
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachine',
    identity: ['vm.kubevirt.io/name'],
    labelsPath,
    pods: ({ name, spec }) => [launcher(name, ofTemplate(spec), isStopped(spec) ? 0 : 1)],
  },
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachineInstance',
    identity: ['vm.kubevirt.io/name'],
    labelsPath: ['metadata', 'labels'],
    pods: ({ name, whole }) => [launcher(name, whole, 1)],
  },
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachineInstanceReplicaSet',
    identity: ['vm.kubevirt.io/name'],
    labelsPath,
    pods: ({ name, spec }) => [launcher(name, ofTemplate(spec), spec.count('replicas') ?? 1)],
  },
  {
    group: 'pool.kubevirt.io',
    kind: 'VirtualMachinePool',
    identity: ['vm.kubevirt.io/name'],
    pods: ({ name, spec }) => {
      const machine = spec.part('virtualMachineTemplate', 'spec')
      return [launcher(name, ofTemplate(machine), isStopped(machine) ? 0 : (spec.count('replicas') ?? 1))]
    },
  },
]
