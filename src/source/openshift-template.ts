import { isMapping, type Mapping, mappingAt, valueAt } from './mapping.ts'

/*
 * OpenShift Templates: objects with parameters, which `oc process` fills in.
 */

/** Whether an object is a Template with objects in it. */
export const isTemplateWithObjects = (
  apiVersion: string,
  kind: string,
  value: Mapping,
): value is Mapping & { readonly objects: readonly unknown[] } =>
  kind === 'Template' &&
  /^(?:template\.openshift\.io\/)?v1$/.test(apiVersion) &&
  Array.isArray(value['objects'])

/** The objects of a Template, with the defaults of its parameters. */
export function processed(template: Mapping & { readonly objects: readonly unknown[] }): readonly unknown[] {
  const parameters = new Map(parametersOf(template))
  const labels = filled(template['labels'], parameters)
  return template.objects.map(object => {
    const value = filled(object, parameters)
    return isMapping(value) && isMapping(labels) ? labeled(value, labels) : value
  })
}

/** What is generated is only known when it is; an optional parameter without a default is empty. */
function parametersOf(template: Mapping): readonly (readonly [name: string, value: string])[] {
  const written = template['parameters']
  return (Array.isArray(written) ? written : []).flatMap(parameter => {
    const name = valueAt(parameter, 'name')
    const value = valueAt(parameter, 'value')
    if (typeof name !== 'string') return []
    if (value !== undefined && value !== null && value !== '') return [[name, String(value)] as const]
    if (valueAt(parameter, 'generate') !== undefined) return [[name, 'generated'] as const]
    return valueAt(parameter, 'required') === true ? [] : [[name, ''] as const]
  })
}

const labeled = (object: Mapping, labels: Mapping): Mapping => ({
  ...object,
  metadata: {
    ...mappingAt(object, 'metadata'),
    labels: { ...mappingAt(object, 'metadata', 'labels'), ...labels },
  },
})

/** `${{NAME}}` alone gives a number or whatever else the text is in JSON. */
const WHOLE = /^\$\{\{([A-Za-z0-9_]+)\}\}$/
const WITHIN = /\$\{([A-Za-z0-9_]+)\}/g

function filled(value: unknown, parameters: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return filledText(value, parameters)
  if (Array.isArray(value)) return value.map(item => filled(item, parameters))
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      String(filledText(key, parameters)),
      filled(child, parameters),
    ]),
  )
}

function filledText(text: string, parameters: ReadonlyMap<string, string>): unknown {
  if (!text.includes('${')) return text
  const whole = parameters.get(WHOLE.exec(text)?.[1] ?? '')
  return whole === undefined
    ? text.replace(WITHIN, (placeholder, name: string) => parameters.get(name) ?? placeholder)
    : jsonOf(whole)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
