import 'server-only'
import { dataSourceChoices } from '#lib/data-sources/queries.ts'
import { listKeys } from '#lib/keys/queries.ts'
import { ListKeysQuery } from '#lib/keys/schema.ts'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listProviders } from '#lib/providers/queries.ts'
import { ListProvidersQuery } from '#lib/providers/schema.ts'
import { listRoutes } from '#lib/routes/queries.ts'
import { ListRoutesQuery } from '#lib/routes/schema.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'

export interface Choice {
  value: string
  label: string
  hint?: string
}

/** What the forms about routes offer, as far as the person sees it. */
export interface RouteChoices {
  teams: Choice[]
  keys: Choice[]
  models: Choice[]
  /** Values of `model`: identifiers, aliases, and names of routes. */
  names: Choice[]
  providers: Choice[]
  regions: Choice[]
  tiers: Choice[]
  /** By the slug that callers send. */
  dataSources: Choice[]
}

const limit = 200

export async function routeChoices(ctx: Context): Promise<RouteChoices> {
  const sees = (permission: 'providers.read' | 'keys.read') => scopeOf(ctx.actor, permission) !== null
  const [teams, keys, models, providers, routes, sources] = await Promise.all([
    listTeams(ctx, ListTeamsQuery.parse({ limit })),
    sees('keys.read') ? listKeys(ctx, ListKeysQuery.parse({ limit, state: 'active' })) : { data: [] },
    listModels(ctx, ListModelsQuery.parse({ limit })),
    sees('providers.read') ? listProviders(ctx, ListProvidersQuery.parse({ limit })) : { data: [] },
    listRoutes(ctx, ListRoutesQuery.parse({ limit })),
    dataSourceChoices(ctx),
  ])
  const regions = [...providers.data.map(({ region }) => region), ...models.data.flatMap(model => model.regions)]
  return {
    teams: teams.data.map(({ id, name }) => ({ value: id, label: name })),
    keys: keys.data.map(({ id, name, teamName }) => ({ value: id, label: name, hint: teamName })),
    models: models.data.map(({ id, identifier, providerName }) => ({
      value: id,
      label: identifier,
      hint: providerName,
    })),
    names: [
      ...routes.data.flatMap(({ callableAs, name }) =>
        callableAs ? [{ value: callableAs, label: callableAs, hint: name }] : [],
      ),
      ...models.data.flatMap(({ identifier, aliases, providerName }) => [
        { value: identifier, label: identifier, hint: providerName },
        ...aliases.map(alias => ({ value: alias, label: alias, hint: `alias of ${identifier}` })),
      ]),
    ],
    providers: providers.data.map(({ id, name, region }) => ({
      value: id,
      label: name,
      ...(region ? { hint: region } : {}),
    })),
    regions: plainChoices(regions),
    tiers: plainChoices(models.data.flatMap(model => model.tiers)),
    dataSources: sources.map(({ slug, name, tier }) => ({ value: slug, label: name, hint: tier })),
  }
}

function plainChoices(names: readonly (string | null)[]): Choice[] {
  const known = new Set(names.flatMap(name => (name === null ? [] : [name])))
  return [...known].sort().map(name => ({ value: name, label: name }))
}
