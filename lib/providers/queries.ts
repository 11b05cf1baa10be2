import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { decodeCursor, ID_CURSOR, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import { providerDto } from './provider-dto.ts'
import type { ListProvidersQuery, ProviderDto } from './schema.ts'

const WITH_COUNT = { _count: { select: { models: true } } } as const

/** Providers of the organization, newest first. */
export function listProviders(ctx: Context, query: z.output<typeof ListProvidersQuery>): Promise<Page<ProviderDto>> {
  requirePermission(ctx, 'providers.read')
  return read(ctx, async tx => {
    const rows = await tx.provider.findMany({
      where: {
        ...(query.cursor ? { id: { lt: decodeCursor(query.cursor, ID_CURSOR) } } : {}),
        ...(query.kind ? { kind: query.kind } : {}),
        ...(query.enabled === undefined ? {} : { enabled: query.enabled }),
        ...(query.search ? { name: { contains: query.search, mode: 'insensitive' } } : {}),
      },
      include: WITH_COUNT,
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.id)
    return { ...page, data: page.data.map(row => providerDto(row, row._count.models)) }
  })
}

/** One provider; throws `not_found` for any other. */
export function getProvider(ctx: Context, id: string): Promise<ProviderDto> {
  requirePermission(ctx, 'providers.read')
  return read(ctx, async tx => {
    const row = await tx.provider.findUnique({ where: { id }, include: WITH_COUNT })
    if (!row) throw notFound('provider')
    return providerDto(row, row._count.models)
  })
}

/** What a provider was after each change, newest first; throws `not_found` for one of another organization. */
export function providerHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'providers.read')
  return read(ctx, async tx => {
    if (!(await tx.provider.findUnique({ where: { id }, select: { id: true } }))) throw notFound('provider')
    return versionsOf(tx, ctx, { kind: 'provider', id })
  })
}
