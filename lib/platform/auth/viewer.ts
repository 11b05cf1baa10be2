import type { Context } from '../context.ts'

/** The context of the signed-in person; throws `unauthenticated` without a session. */
export async function requireContext(_requestId: string): Promise<Context> {
  throw new Error('no session')
}
