import 'server-only'
import type { z } from 'zod'
import { keyHint } from '#core/api-key.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { decodeCursor, ID_CURSOR, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Prisma, ServiceToken } from '#prisma/generated/client.ts'
import { type ListServiceTokensQuery, ServiceTokenDto } from './schema.ts'

/** Service tokens of the organization, newest first. */
export function listServiceTokens(
  ctx: Context,
  query: z.output<typeof ListServiceTokensQuery>,
): Promise<Page<ServiceTokenDto>> {
  requirePermission(ctx, 'serviceTokens.read')
  const after = query.cursor ? { id: { lt: decodeCursor(query.cursor, ID_CURSOR) } } : {}
  const search: Prisma.ServiceTokenWhereInput = query.search
    ? { name: { contains: query.search, mode: 'insensitive' } }
    : {}
  return read(ctx, async tx => {
    const rows = await tx.serviceToken.findMany({
      where: { AND: [after, search, stateFilter(query.state, new Date())] },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: page.data.map(toDto) }
  })
}

/** One service token; throws `not_found` for any other. */
export function getServiceToken(ctx: Context, id: string): Promise<ServiceTokenDto> {
  requirePermission(ctx, 'serviceTokens.read')
  return read(ctx, async tx => {
    const token = await tx.serviceToken.findUnique({ where: { id } })
    if (!token) throw notFound('service token')
    return toDto(token)
  })
}

function stateFilter(state: ServiceTokenDto['state'] | undefined, now: Date): Prisma.ServiceTokenWhereInput {
  if (state === 'revoked') return { revokedAt: { not: null } }
  if (state === 'expired') return { revokedAt: null, expiresAt: { lte: now } }
  return state === 'active' ? { revokedAt: null, expiresAt: { gt: now } } : {}
}

function toDto(token: ServiceToken): ServiceTokenDto {
  const expired = token.expiresAt <= new Date()
  return {
    id: token.id,
    name: token.name,
    hint: keyHint('st', token.publicId),
    scopes: token.scopes,
    state: token.revokedAt ? 'revoked' : expired ? 'expired' : 'active',
    createdBy: ServiceTokenDto.shape.createdBy.parse(token.createdBy),
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  }
}
