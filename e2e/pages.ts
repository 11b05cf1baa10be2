import { listPages } from '../scripts/launch/pages.ts'

/** Pages without the portal's frame, which have specs of their own. */
const APART = new Set(['/', '/setup', '/sign-in', '/sign-in/link', '/sign-out'])

/** Every route of the portal that is drawn inside its frame. */
export const FRAMED_ROUTES = (await listPages()).filter(route => !APART.has(route))
