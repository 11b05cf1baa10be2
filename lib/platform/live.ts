import { LIVE_CHANNEL, type LiveMessage } from '#core/contracts/replica-status.ts'
import type { Context } from './context.ts'
import type { Transaction } from './transaction.ts'
import { endingOf } from './transaction-ending.ts'

/** Tells open pages of this organization, at commit, that something they may show has changed. */
export async function announce(tx: Transaction, ctx: Context, topic: LiveMessage['topic'], id?: string): Promise<void> {
  const message: LiveMessage = { topic, organizationId: ctx.organizationId, ...(id ? { id } : {}) }
  const said = JSON.stringify(message)
  const ending = endingOf(tx)
  if (ending) ending.news.add(said)
  else await tx.$executeRaw`select pg_notify(${LIVE_CHANNEL}, ${said})`
}
