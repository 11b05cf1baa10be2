import { unsubscribe } from '#lib/notification-preferences/unsubscribe.ts'
import { portalUrl } from '#lib/platform/addresses.ts'

/** One press in a mail program ends e-mail to a person (RFC 8058); the address itself is the proof. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const done = await unsubscribe({ person: searchParams.get('person'), token: searchParams.get('token') })
  return new Response(done ? 'No more e-mail.' : 'This address was not made here.', { status: done ? 200 : 404 })
}

/** Whoever opens it in a browser chooses instead: a link that was only looked at changes nothing. */
export function GET(): Response {
  return Response.redirect(`${portalUrl()}/settings/notifications`, 303)
}
