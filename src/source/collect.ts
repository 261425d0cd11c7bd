/** Whether a file of a folder can hold manifests, by its name. */
export const isManifestName = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name)

/** Folders that hold no manifests of the user's. */
export const isSkippedFolder = (name: string): boolean => name === 'node_modules' || name.startsWith('.')
