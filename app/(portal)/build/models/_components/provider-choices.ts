import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { listProviders } from '#lib/providers/queries.ts'
import { ListProvidersQuery } from '#lib/providers/schema.ts'

/** The providers that models can be added to, by name. */
export async function providerChoices(ctx: Context): Promise<{ id: string; name: string }[]> {
  const { data } = await listProviders(ctx, ListProvidersQuery.parse({ limit: 200 }))
  return data.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}
