import { databases } from '#lib/platform/database.ts'
import { ForbiddenAddressError } from '#lib/platform/guarded-request.ts'
import { pushTo } from './remote.ts'
import { headOf, repositoryOf } from './repository.ts'

const LONGEST_PROBLEM = 300

/**
 * Pushes every repository whose remote lacks its newest commit, and notes how it went: the page shows a problem until a
 * push goes through. Returns how many went.
 */
export async function pushArtifacts(): Promise<{ pushed: number; failed: number }> {
  const { system } = databases()
  let [pushed, failed] = [0, 0]
  for (const remote of await system.artifactRemote.findMany()) {
    const { organizationId } = remote
    const gitdir = repositoryOf(organizationId)
    const head = await headOf(gitdir)
    if (head === null || head === remote.pushedOid) continue
    const problem = await pushTo(gitdir, remote).then(
      () => null,
      error => wordsOf(error),
    )
    const data = problem === null ? { pushedOid: head, pushedAt: new Date(), problem } : { problem }
    await system.artifactRemote.updateMany({
      where: { organizationId, url: remote.url, branch: remote.branch },
      data,
    })
    if (problem === null) pushed += 1
    else failed += 1
  }
  return { pushed, failed }
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof ForbiddenAddressError) return text
  if (/not-fast-forward|fast.?forward/i.test(text))
    return 'The branch there has commits that are not ours. Give it another branch.'
  return text.replaceAll(/\s+/g, ' ').slice(0, LONGEST_PROBLEM)
}
