import { timingSafeEqual } from 'node:crypto'
import { isId } from '#core/ids.ts'
import { PERMISSIONS } from '#core/permissions.ts'
import { sha256 } from '#core/secrets.ts'
import { isSameOrigin } from '#lib/platform/auth/same-origin.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { BOOTSTRAP_ID, type Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { DomainError, notFound } from '#lib/platform/errors.ts'
import { authenticateServiceToken } from '#lib/service-tokens/authenticate-service-token.ts'

/** Stands for the organization while an installation has none yet: nothing belongs to it. */
export const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000'
const ORGANIZATION_HEADER = 'x-gatehouse-organization'

/**
 * Who calls, and in which organization: by bearer token, or by the browser's session when no Authorization
 * header is present. Throws `unauthenticated`; the words are the same for every token that is not valid.
 */
export async function authenticate(request: Request, requestId: string): Promise<Context> {
  const authorization = request.headers.get('authorization')
  if (authorization === null) return fromSession(request, requestId)
  const token = /^Bearer +(\S{1,256})$/i.exec(authorization)?.[1]
  if (!token) throw unauthenticated('Send the header authorization: Bearer followed by a service token.')
  const wanted = request.headers.get(ORGANIZATION_HEADER)
  if (isBootstrapToken(token)) return bootstrapContext(wanted, requestId)
  const ctx = await authenticateServiceToken(token, requestId)
  if (!ctx) throw unauthenticated('The service token is unknown, expired or revoked.')
  if (wanted !== null && wanted !== ctx.organizationId) {
    throw new DomainError(
      'permission_denied',
      `This token acts in its own organization; leave ${ORGANIZATION_HEADER} out.`,
    )
  }
  return ctx
}

/** A cookie travels with requests that other sites start, so a change must come from our own pages. */
async function fromSession(request: Request, requestId: string): Promise<Context> {
  if (!request.headers.has('cookie'))
    throw unauthenticated('Send the header authorization: Bearer and a service token.')
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isSameOrigin(request)) {
    throw new DomainError('permission_denied', 'A browser session may change things from the portal’s own pages only.')
  }
  return requireContext(requestId)
}

function isBootstrapToken(token: string): boolean {
  const expected = env().GATEHOUSE_BOOTSTRAP_TOKEN
  // Hashed first: equal lengths are what the constant-time comparison needs.
  return expected !== undefined && timingSafeEqual(sha256(token), sha256(expected))
}

async function bootstrapContext(wanted: string | null, requestId: string): Promise<Context> {
  const named = wanted === null ? {} : isId(wanted) ? { id: wanted } : { slug: wanted }
  const organization = await databases().system.organization.findFirst({
    where: { ...named, removedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  if (!organization && wanted !== null) throw notFound('organization')
  return {
    organizationId: organization?.id ?? NO_ORGANIZATION,
    requestId,
    actor: { kind: 'serviceToken', id: BOOTSTRAP_ID, name: 'Bootstrap token', scopes: Object.keys(PERMISSIONS) },
  }
}

function unauthenticated(message: string): DomainError {
  return new DomainError('unauthenticated', message)
}
