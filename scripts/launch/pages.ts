import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ROOT } from './environment.ts'

/** Every route that has a page, such as `/build/keys` and `/build/keys/[id]`, from the files of the app. */
export async function listPages(): Promise<string[]> {
  const files = await readdir(path.join(ROOT, 'app'), { recursive: true })
  const routes = files.filter(file => /(^|\/)page\.tsx$/.test(file)).map(toRoute)
  return [...new Set(routes)].sort()
}

function toRoute(file: string): string {
  const segments = path.dirname(file).split(path.sep)
  return `/${segments.filter(segment => segment !== '.' && !segment.startsWith('(')).join('/')}`
}
