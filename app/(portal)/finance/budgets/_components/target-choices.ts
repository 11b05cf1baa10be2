import 'server-only'
import { listKeys } from '#lib/keys/queries.ts'
import { ListKeysQuery } from '#lib/keys/schema.ts'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listProviders } from '#lib/providers/queries.ts'
import { ListProvidersQuery } from '#lib/providers/schema.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'

export type TargetChoices = Record<
  'team' | 'person' | 'key' | 'model' | 'provider',
  { value: string; label: string; hint?: string }[]
>

const limit = 200

/** The records that a budget can be set for, as far as the person sees them. */
export async function targetChoices(ctx: Context): Promise<TargetChoices> {
  const seesProviders = scopeOf(ctx.actor, 'providers.read') !== null
  const [teams, people, keys, models, providers] = await Promise.all([
    listTeams(ctx, ListTeamsQuery.parse({ limit })),
    listPeople(ctx, ListPeopleQuery.parse({ limit })),
    listKeys(ctx, ListKeysQuery.parse({ limit, state: 'active' })),
    listModels(ctx, ListModelsQuery.parse({ limit })),
    seesProviders ? listProviders(ctx, ListProvidersQuery.parse({ limit })) : { data: [] },
  ])
  return {
    team: teams.data.map(({ id, name }) => ({ value: id, label: name })),
    person: people.data.map(({ id, name, email }) => ({ value: id, label: name, hint: email })),
    key: keys.data.map(({ id, name, teamName }) => ({ value: id, label: name, hint: teamName })),
    model: models.data.map(({ id, displayName, identifier }) => ({ value: id, label: displayName, hint: identifier })),
    provider: providers.data.map(({ id, name }) => ({ value: id, label: name })),
  }
}
