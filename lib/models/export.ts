import type { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import { type CsvColumn, toCsv } from '#lib/platform/csv.ts'
import { listModels } from './queries.ts'
import type { ListModelsQuery, ModelDto } from './schema.ts'

const PAGE = 200

const listed = (items: readonly string[]) => items.join(', ')

const COLUMNS: readonly CsvColumn<ModelDto>[] = [
  { header: 'identifier', value: model => model.identifier },
  { header: 'displayName', value: model => model.displayName },
  { header: 'provider', value: model => model.providerName },
  { header: 'lifecycle', value: model => model.lifecycle },
  { header: 'sunsetAt', value: model => model.sunsetAt },
  { header: 'providerEndsOn', value: model => model.providerEnd?.on },
  { header: 'tiers', value: model => listed(model.tiers) },
  { header: 'regions', value: model => listed(model.regions) },
  { header: 'useCases', value: model => listed(model.onlyFor.useCases) },
  { header: 'teamIds', value: model => listed(model.onlyFor.teamIds) },
  { header: 'workloads', value: model => listed(model.onlyFor.workloads) },
  { header: 'inputUsdPerMillionTokens', value: model => model.price?.usdPerMillionTokens.input },
  { header: 'outputUsdPerMillionTokens', value: model => model.price?.usdPerMillionTokens.output },
  { header: 'retentionDays', value: model => model.retentionDays },
  { header: 'trainingOptOut', value: model => model.trainingOptOut },
  { header: 'reviewBy', value: model => model.reviewBy },
  { header: 'known', value: model => model.completeness.known },
  { header: 'of', value: model => model.completeness.of },
  { header: 'missing', value: model => listed(model.completeness.missing) },
]

/** Every model that a list would show, as CSV, one line each; what is not known is empty. */
export async function exportModels(ctx: Context, query: z.output<typeof ListModelsQuery>): Promise<string> {
  const models: ModelDto[] = []
  let cursor = query.cursor
  do {
    const page = await listModels(ctx, { ...query, limit: PAGE, cursor })
    models.push(...page.data)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return toCsv(COLUMNS, models)
}
