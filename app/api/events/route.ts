import { cookies } from 'next/headers'
import { readSession, sessionCookie } from '#lib/platform/auth/session.ts'
import { loadViewer } from '#lib/platform/auth/viewer.ts'
import { liveStream } from '#lib/platform/live-stream.ts'

export const dynamic = 'force-dynamic'

/** What changes in the signed-in person's organization, as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  const session = await readSession((await cookies()).get(sessionCookie().name)?.value)
  const viewer = session && (await loadViewer(session))
  if (!viewer) return new Response('Sign in first.\n', { status: 401 })
  const stream = liveStream({
    organizationId: viewer.organization.id,
    isWelcome: async () => (await loadViewer(session)) !== null,
    signal: request.signal,
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
