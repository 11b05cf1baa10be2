import 'server-only'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import type { Context } from '#lib/platform/context.ts'

export interface ModelChoice {
  value: string
  label: string
  hint: string
}

/** The models that may stand in for one, by identifier. */
export async function equivalentChoices(ctx: Context, except?: string): Promise<ModelChoice[]> {
  const { data } = await listModels(ctx, ListModelsQuery.parse({ limit: 200 }))
  const others = data.filter(({ id }) => id !== except)
  return others.map(({ id, identifier, providerName }) => ({ value: id, label: identifier, hint: providerName }))
}
