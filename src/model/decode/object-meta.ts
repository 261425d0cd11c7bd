import { OWNER_REFERENCE } from './api-fields.ts'
import { invalid, report } from './complaints.ts'
import { fields, flag, hasOnly, integer, items, text } from './decode.ts'
import { childOf, type Field, isPresent, locationOf } from './field.ts'
import { bytesOf, check, LABEL_KEY } from './validation.ts'

/** These are checked where they are decoded. */
const DECODED_ELSEWHERE = ['name', 'generateName', 'namespace', 'labels', 'annotations']

/**
 * Checks the fields of `metadata` that no answer needs, so that the same objects are refused as by the API server: the types
 * of all fields, owner references, finalizers.
 */
export function checkObjectMeta(metadata: Field): void {
  const get = fields(metadata)
  checkAnnotations(get('annotations'))
  if (hasOnly(metadata, DECODED_ELSEWHERE)) return
  for (const key of ['uid', 'resourceVersion', 'selfLink']) text(get(key))
  for (const key of ['generation', 'deletionGracePeriodSeconds']) integer(get(key))
  for (const key of ['creationTimestamp', 'deletionTimestamp']) checkTime(get(key))
  for (const entry of items(get('managedFields'))) checkManagedFields(entry)
  for (const item of items(get('finalizers'))) checkFinalizer(get('finalizers'), item)
  checkOwners(get('ownerReferences'))
}

/** Those that have no prefix. */
const STANDARD_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion']

function checkFinalizer(list: Field, item: Field): void {
  const name = text(item)
  if (name === undefined) return
  check({ ...list, mark: () => locationOf(item) }, name, LABEL_KEY)
  if (!name.includes('/') && !STANDARD_FINALIZERS.includes(name))
    invalid(
      item,
      'name is neither a standard finalizer name nor is it fully qualified',
      `write it with the domain of the controller that heeds it: \`example.com/${name}\``,
    )
}

const MANAGED_FIELDS = ['manager', 'operation', 'apiVersion', 'time', 'fieldsType', 'fieldsV1', 'subresource']
const REMOVE_MANAGED = 'remove `managedFields`: the server makes them'

function checkManagedFields(entry: Field): void {
  const get = fields(entry, MANAGED_FIELDS)
  const operation = text(get('operation')) ?? ''
  const type = text(get('fieldsType')) ?? ''
  checkTime(get('time'))
  for (const key of ['manager', 'apiVersion', 'subresource']) text(get(key))
  if (operation !== 'Apply' && operation !== 'Update')
    invalid({ ...get('operation'), value: operation }, 'must be `Apply` or `Update`', REMOVE_MANAGED)
  if (type !== '' && type !== 'FieldsV1') invalid(get('fieldsType'), 'must be `FieldsV1`', REMOVE_MANAGED)
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)$/

function checkTime(field: Field): void {
  const written = text(field)
  if (written === undefined || (TIME.test(written) && !Number.isNaN(Date.parse(written.replace(',', '.')))))
    return
  invalid(field, 'must be a time', 'write it as `2026-01-31T12:00:00Z`, or leave it out: the server sets it')
}

/** The API server's path names the list alone. */
function checkOwners(list: Field): void {
  const owners = items(list)
  const controllers = owners.filter(owner => {
    const get = fields(owner, OWNER_REFERENCE)
    const within = (key: string): Field => ({
      ...childOf(list, key, get(key).value),
      mark: () => locationOf(get(key)),
    })
    flag(get('blockOwnerDeletion'))
    if (text(get('apiVersion')) === undefined)
      invalid(
        { ...within('apiVersion'), value: '' },
        'version must not be empty',
        'write `apiVersion: apps/v1`',
      )
    for (const key of ['kind', 'name', 'uid'])
      if (!text(get(key)))
        invalid(
          { ...within(key), value: '' },
          'must not be empty',
          `give the owner's ${key}, or leave it to the server`,
        )
    return flag(get('controller'))
  })
  const [, second] = controllers
  if (second !== undefined)
    invalid(
      { ...list, mark: () => locationOf(second) },
      'Only one reference can have Controller set to true',
      'an object has one controller: remove `controller` from the others',
    )
}

/** 256 KiB in all. */
function checkAnnotations(map: Field): void {
  if (!isPresent(map) || typeof map.value !== 'object') return
  const bytes = Object.entries(map.value ?? {})
    .map(([key, value]) => bytesOf(key) + (typeof value === 'string' ? bytesOf(value) : 0))
    .reduce((sum, size) => sum + size, 0)
  if (bytes > 262_144)
    report(
      map,
      'TOO_LONG',
      'Too long: may not be more than 262144 bytes',
      `they have ${bytes} bytes: keep large texts in a ConfigMap`,
    )
}
