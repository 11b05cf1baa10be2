import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { LOST_AFTER_SECONDS } from './replica-silence.ts'

/**
 * Posts to the admin ports of gateway replicas, the one last heard of first, until one answers with success.
 * Null: none did.
 */
export async function askReplica(path: string, body: object, deadlineMs: number): Promise<unknown> {
  const replicas = await databases().system.gatewayReplica.findMany({
    where: { lastSeenAt: { gt: new Date(Date.now() - LOST_AFTER_SECONDS * 1_000) } },
    orderBy: { lastSeenAt: 'desc' },
    select: { name: true, adminUrl: true },
  })
  for (const { name, adminUrl } of replicas) {
    try {
      const answer = await fetch(new URL(path, adminUrl), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretKey('gateway-admin').toString('hex')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(deadlineMs),
      })
      if (answer.ok) return await answer.json()
      await answer.body?.cancel()
      log.warn({ replica: name, status: answer.status, path }, 'a gateway replica refused to do as it was asked')
    } catch (error) {
      log.debug({ replica: name, path, reason: String(error) }, 'a gateway replica could not be asked')
    }
  }
  return null
}
