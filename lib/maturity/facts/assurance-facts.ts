import { CONSISTENCY_CHECKS } from '#lib/consistency/checks.ts'
import { type FactSource, observed } from './fact-source.ts'

/** How long a version may wait for its commit before it counts as missing. */
const COMMIT_WITHIN_MS = 10 * 60_000

/** The repository of governance records, and the checks that hold them together. */
export const assuranceFacts: FactSource = async (tx, { organizationId }, now) => {
  const commits = await tx.artifactCommit.count({ where: { organizationId } })
  const due = new Date(now.getTime() - COMMIT_WITHIN_MS)
  const versions = await tx.recordVersion.count({ where: { organizationId, createdAt: { lt: due } } })
  return {
    'artifacts.commits': observed(commits),
    'artifacts.uncommitted': observed(Math.max(0, versions - commits)),
    'consistency.checks': observed(CONSISTENCY_CHECKS.length),
  }
}
