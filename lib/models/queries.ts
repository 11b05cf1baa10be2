import 'server-only'
import type { z } from 'zod'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { decodeCursor, type Page, toPage } from '#lib/platform/pagination.ts'
import { read } from '#lib/platform/transaction.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { findModel } from './find-model.ts'
import { modelDto, WITH_PROVIDER_AND_PRICES } from './model-dto.ts'
import { modelPriceDto } from './price-amounts.ts'
import type { ListModelsQuery, ModelDetailDto, ModelDto } from './schema.ts'

const IDENTIFIER_CURSOR = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,199}$/

/** Models of the catalog by identifier. */
export function listModels(ctx: Context, query: z.output<typeof ListModelsQuery>): Promise<Page<ModelDto>> {
  requirePermission(ctx, 'models.read')
  const after = query.cursor ? { identifier: { gt: decodeCursor(query.cursor, IDENTIFIER_CURSOR) } } : {}
  return read(ctx, async tx => {
    const rows = await tx.model.findMany({
      where: { AND: [after, filterOf(query)] },
      include: WITH_PROVIDER_AND_PRICES,
      orderBy: { identifier: 'asc' },
      take: query.limit + 1,
    })
    const page = toPage(rows, query.limit, last => last.identifier)
    return { ...page, data: page.data.map(modelDto) }
  })
}

/** One model with all its prices; throws `not_found` for any other. */
export function getModel(ctx: Context, id: string): Promise<ModelDetailDto> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    const model = await findModel(tx, id)
    const owner = model.ownerId ? await tx.person.findUnique({ where: { id: model.ownerId } }) : null
    const { modelCard, version } = model
    const prices = model.prices.map(modelPriceDto)
    return { ...modelDto(model), modelCard, version, ownerName: owner?.name ?? null, prices }
  })
}

function filterOf(query: z.output<typeof ListModelsQuery>): Prisma.ModelWhereInput {
  const contains = { contains: query.search ?? '', mode: 'insensitive' } as const
  return {
    ...(query.providerId ? { providerId: query.providerId } : {}),
    ...(query.lifecycle ? { lifecycle: query.lifecycle } : {}),
    ...(query.dialect ? { dialects: { has: query.dialect } } : {}),
    ...(query.capability ? { capabilities: { has: query.capability } } : {}),
    ...(query.search
      ? { OR: [{ identifier: contains }, { displayName: contains }, { aliases: { has: query.search } }] }
      : {}),
  }
}
