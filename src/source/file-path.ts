/** A path without `.` and without a folder that `..` leaves again; empty for this folder. */
export function normalized(path: string): string {
  const out: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) {
    const last = out.at(-1)
    if (part === '..' && last !== undefined && last !== '..' && last !== '') out.pop()
    else if (part !== '.' && (part !== '' || out.length === 0)) out.push(part)
  }
  return out.join('/')
}

/** The folder that a file or a folder is in; empty for this one. */
export const folderOf = (path: string): string => normalized(path).replace(/(?:^|\/)[^/]*$/, '')
