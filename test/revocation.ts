import { setTimeout as sleep } from 'node:timers/promises'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { until } from './gateway.ts'
import type { GovernedSuite } from './governed-suite.ts'

/**
 * Issues a key, waits until every gateway takes it, revokes it, and returns the milliseconds from the revocation's
 * commit until the last gateway refuses it.
 */
export async function timeRevocation(suite: GovernedSuite, gateways: readonly string[]): Promise<number> {
  const { id, key } = await suite.issue()
  const status = async (url: string) => {
    const answer = await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    await answer.arrayBuffer()
    return answer.status
  }
  await Promise.all(gateways.map(url => until('the key works', async () => (await status(url)) === 200)))
  await revokeKey({ ctx: suite.org.admin, input: { id } })
  const began = performance.now()
  await Promise.all(
    gateways.map(async url => {
      while ((await status(url)) !== 401) await sleep(1)
    }),
  )
  return performance.now() - began
}
