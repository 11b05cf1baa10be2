import 'server-only'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import type { Context } from '#lib/platform/context.ts'

const MANY = 200

/** Who may own a model. */
export async function peopleChoices(ctx: Context): Promise<{ value: string; label: string }[]> {
  const { data } = await listPeople(ctx, ListPeopleQuery.parse({ limit: MANY }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}
