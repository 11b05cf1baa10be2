import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { addressOf, countAddress, TooManyAttempts } from '#lib/platform/auth/attempts.ts'
import { authOptions } from '#lib/platform/auth/options.ts'
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
  if (!OPEN[request.method]?.includes(route)) return new Response(null, { status: 404 })
  const answer = () => NextAuth(request, context, authOptions(signInWithIdentity)) as Promise<Response>
  if (route !== 'callback' && !(route === 'signin' && request.method === 'POST')) return answer()
  try {
    const attempt = await countAddress(addressOf(request.headers))
    const response = await answer()
    if (!(response.headers.get('location') ?? '').includes('error=')) await attempt.forgive()
    return response
  } catch (error) {
    if (error instanceof TooManyAttempts) return tooMany(request, error)
    throw error
  }
}

function tooMany(request: NextRequest, error: TooManyAttempts): Response {
  const headers = { 'retry-after': String(error.retryAfterSeconds) }
  if (request.method === 'POST') return Response.json({ message: error.message }, { status: 429, headers })
  return new Response(error.message, { status: 429, headers })
}

export { handle as GET, handle as POST }
