import 'server-only'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { LINK_TITLES } from '#lib/policies/link-kinds.ts'
import { clauseTargets } from '#lib/policies/queries.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import type { TargetChoice } from './link-clause.tsx'
import type { Choice } from './policy-actions.tsx'

const MANY = 200

/** Teams in use, by name. */
export async function teamChoices(ctx: Context): Promise<Choice[]> {
  const { data } = await listTeams(ctx, ListTeamsQuery.parse({ limit: MANY }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}

/** Active people, by name. */
export async function peopleChoices(ctx: Context): Promise<Choice[]> {
  const { data } = await listPeople(ctx, ListPeopleQuery.parse({ limit: MANY }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}

/** Records that can enforce a clause. */
export async function targetChoices(ctx: Context): Promise<TargetChoice[]> {
  const targets = await clauseTargets(ctx)
  return targets.map(({ kind, id, name, effect }) => ({
    value: `${kind}:${id}`,
    label: `${LINK_TITLES[kind]}: ${name}`,
    hint: effect,
  }))
}
