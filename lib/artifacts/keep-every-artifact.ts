import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'
import { keepArtifacts } from './keep-artifacts.ts'

/** Commits what the repositories of all organizations lack. One that fails does not keep the others from theirs. */
export async function keepEveryArtifact(): Promise<{ commits: number; failed: number }> {
  const waiting = await databases().system.$queryRaw<{ id: string }[]>`
    select distinct v.organization_id as id from record_versions v
    join organizations o on o.id = v.organization_id and o.removed_at is null
    where not exists (select from artifact_commits c where c.version_id = v.id)`
  let [commits, failed] = [0, 0]
  for (const { id } of waiting) {
    try {
      commits += await keepArtifacts(id)
    } catch (error) {
      failed += 1
      log.error({ organizationId: id, error: String(error) }, 'governance records could not be committed')
    }
  }
  return { commits, failed }
}
