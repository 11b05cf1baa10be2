import 'server-only'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { tierChoices } from '#lib/tiers/queries.ts'

export interface Choice {
  value: string
  label: string
  hint?: string
}

/** What the form of a brief offers. */
export interface BriefChoices {
  teams: Choice[]
  people: Choice[]
  models: Choice[]
  tiers: Choice[]
}

const limit = 200

export async function briefChoices(ctx: Context): Promise<BriefChoices> {
  const [teams, people, models, tiers] = await Promise.all([
    listTeams(ctx, ListTeamsQuery.parse({ limit })),
    listPeople(ctx, ListPeopleQuery.parse({ limit })),
    listModels(ctx, ListModelsQuery.parse({ limit })),
    tierChoices(ctx),
  ])
  const { actor } = ctx
  const everywhere = scopeOf(actor, 'workloads.propose') === 'organization'
  const own = actor.kind === 'person' ? actor.teamIds : []
  return {
    teams: teams.data
      .filter(({ id }) => everywhere || own.includes(id))
      .map(({ id, name }) => ({ value: id, label: name })),
    people: people.data.filter(({ status }) => status === 'active').map(({ id, name }) => ({ value: id, label: name })),
    models: models.data.map(({ id, identifier, tiers: approved }) => ({
      value: id,
      label: identifier,
      hint: `${approved.join(', ') || 'lowest tier'} data`,
    })),
    tiers: tiers.map(name => ({ value: name, label: name })),
  }
}
