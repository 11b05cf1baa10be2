import 'server-only'
import { cache } from 'react'
import { DIALECTS } from '#core/contracts/config-documents.ts'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery, type ModelDto } from '#lib/models/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import type { ModelChoice } from './key-facts.ts'

const MANY = 200
const CALLABLE = new Set<ModelDto['lifecycle']>(['approved', 'restricted', 'deprecated'])

/** The models that the gateways serve now, by identifier. */
export const modelChoices = cache(async (ctx: Context): Promise<ModelChoice[]> => {
  const { data } = await listModels(ctx, ListModelsQuery.parse({ limit: MANY }))
  return data.filter(isCallable).map(({ id, identifier, displayName, dialects, tiers }) => ({
    id,
    identifier,
    displayName,
    dialects: DIALECTS.filter(dialect => dialects.includes(dialect)),
    tiers,
  }))
})

function isCallable({ lifecycle, sunsetAt }: ModelDto): boolean {
  return CALLABLE.has(lifecycle) && (sunsetAt === null || Date.parse(sunsetAt) > Date.now())
}
