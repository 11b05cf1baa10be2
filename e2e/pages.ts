import { addressOf, type Reads } from '../scripts/launch/page-addresses.ts'
import { listPages } from '../scripts/launch/pages.ts'

/** Pages without the portal's frame, which have specs of their own. */
const APART = new Set(['/', '/setup', '/sign-in', '/sign-in/link', '/sign-out'])

/** Every route of the portal that is drawn inside its frame. */
export const FRAMED_ROUTES = (await listPages()).filter(route => !APART.has(route))

/** Each of them with its address, looked up at once: a connection that rests between pages is closed meanwhile. */
export async function framedAddresses(api: Reads): Promise<{ route: string; address: string }[]> {
  const found: { route: string; address: string }[] = []
  for (const route of FRAMED_ROUTES) found.push({ route, address: await addressOf(route, api) })
  return found
}
