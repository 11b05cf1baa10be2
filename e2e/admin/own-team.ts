import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'

/** The id of a team of one test's own, with the usual bounds: others archive theirs or narrow their bounds. */
export async function ownTeam(api: Api): Promise<string> {
  const { id } = await api.post<{ id: string }>('/teams', { name: uniqueName('Own') })
  return id
}
