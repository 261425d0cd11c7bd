/* Manifests as renderers print them. `more` is metadata before the name. */

export const pod = (name: string, more = ''): string =>
  `apiVersion: v1
kind: Pod
metadata:
${more}  labels:
    app: ${name}
  name: ${name}
`

export const policy = (more = ''): string =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
${more}  name: db
spec:
  podSelector:
    matchLabels:
      app: db
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: web
    ports:
    - port: 5432
`

/** As `buildMetadata: [originAnnotations]` adds it. */
export const from = (path: string): string =>
  `  annotations:\n    config.kubernetes.io/origin: |\n      path: ${path}\n`
