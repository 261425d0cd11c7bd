/* Manifests on few lines. */

export const pod = (id: string, labels: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {${named(id)}, labels: {${labels}}}\nspec: {containers: [{name: c, image: c}]}\n`

export const policy = (id: string, spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {${named(id)}}\nspec: {${spec}}\n`

function named(id: string): string {
  const [namespace, name] = id.split('/')
  return `name: ${name}, namespace: ${namespace}`
}
