import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { addressOf, countAddress, TooManyAttempts } from '#lib/platform/auth/attempts.ts'
import { authOptions, oidcName } from '#lib/platform/auth/options.ts'
import { signInWithIdentity } from '#lib/sign-in/sign-in-with-identity.ts'

/**
 * What next-auth is used for: the OpenID Connect flow. Its other routes stay shut: reading the session would
 * renew it, and anybody could write into the log.
 */
const OPEN: Record<string, readonly string[]> = {
  GET: ['csrf', 'providers', 'signin', 'callback', 'error'],
  POST: ['signin', 'callback'],
}

interface RouteContext {
  params: Promise<{ nextauth: string[] }>
}

async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const [route = ''] = (await context.params).nextauth
  if (!oidcName() || !OPEN[request.method]?.includes(route)) return new Response(null, { status: 404 })
  const answer = () => NextAuth(request, context, authOptions(signInWithIdentity)) as Promise<Response>
  if (route !== 'callback' && !(route === 'signin' && request.method === 'POST')) return answer()
  try {
    const attempt = await countAddress(addressOf(request.headers))
    const response = await answer()
    const refused = response.status >= 400 || response.headers.get('location')?.includes('error=')
    if (!refused) await attempt.forgive()
    return response
  } catch (error) {
    if (error instanceof TooManyAttempts) return tooMany(request, error)
    throw error
  }
}

/** Says when to try again: a browser by the sign-in page, which the script of a POST goes to by `url`. */
function tooMany(request: NextRequest, { message, retryAfterSeconds }: TooManyAttempts): Response {
  const url = `/sign-in?error=rate_limited&wait=${retryAfterSeconds}`
  if (request.method === 'GET') return new Response(null, { status: 302, headers: { location: url } })
  return Response.json({ message, url }, { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } })
}

export { handle as GET, handle as POST }
