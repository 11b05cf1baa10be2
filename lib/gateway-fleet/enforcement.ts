import 'server-only'
import type { ConfigKind } from '#core/contracts/config-documents.ts'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { type Rollout, waitForVersion } from './queries.ts'

export interface Enforcement {
  /** The version with which the record was last published. */
  version: string
  publishedAt: string
  /** How far the fleet is with that version at this moment. */
  rollout: Pick<Rollout, 'live' | 'running'>
}

/**
 * What the gateways have of a record; null when it was never published or was taken away. Names versions and counts
 * only: whoever asks has read the record itself through a query that authorizes.
 */
export async function enforcementOf(ctx: Context, kind: ConfigKind, id: string): Promise<Enforcement | null> {
  const document = await read(ctx, tx =>
    tx.gatewayConfig.findFirst({
      where: { organizationId: ctx.organizationId, kind, id, deleted: false },
      select: { version: true, publishedAt: true },
    }),
  )
  if (!document) return null
  // A replica tells when it took its newest version, which may be a later one: how long this one took is not known.
  const { live, running } = await waitForVersion(ctx, document.version, 0)
  return {
    version: document.version.toString(),
    publishedAt: document.publishedAt.toISOString(),
    rollout: { live, running },
  }
}
