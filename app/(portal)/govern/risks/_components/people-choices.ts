import 'server-only'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import type { Context } from '#lib/platform/context.ts'

/** Who can own a risk. */
export async function peopleChoices(ctx: Context): Promise<{ value: string; label: string }[]> {
  const { data } = await listPeople(ctx, ListPeopleQuery.parse({ limit: 200 }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}
