import { newId } from '#core/ids.ts'
import type { SendResult } from '#core/notifications/message.ts'
import { MOST_ATTEMPTS, retryDelayMs } from '#core/notifications/retries.ts'
import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { ForbiddenAddressError } from '#lib/platform/guarded-request.ts'
import { announce } from '#lib/platform/live.ts'
import { log } from '#lib/platform/log.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { NotificationChannel, NotificationDelivery } from '#prisma/generated/client.ts'
import { shorten } from './http-result.ts'
import { channelKind } from './kinds.ts'
import { makeParcel } from './make-parcel.ts'
import type { ChannelKindId } from './schema.ts'

type Claimed = readonly [NotificationDelivery, ...NotificationDelivery[]]

/**
 * Sends deliveries that were claimed and go together, and writes what came of it: sent, to be tried again after a
 * growing wait, or failed for good, which administrators are told. A crash before that leaves the claim to run out.
 */
export async function attemptDelivery(channel: NotificationChannel, claimed: Claimed): Promise<SendResult> {
  const started = performance.now()
  const result = await send(channel, claimed)
  const ms = Math.round(performance.now() - started)
  const [{ organizationId, attempts, claimedUntil }] = claimed
  const exhausted = result.outcome === 'retry' && attempts >= MOST_ATTEMPTS
  const ended = result.outcome !== 'retry' || exhausted
  const state = result.outcome === 'sent' ? 'sent' : ended ? 'failed' : 'waiting'
  const ids = claimed.map(({ id }) => id)
  await databases().system.$transaction(async tx => {
    await tx.notificationAttempt.createMany({
      data: claimed.map(({ id, attempts: attempt }) => ({
        ...{ id: newId(), organizationId, deliveryId: id, attempt, ms },
        ...{ outcome: exhausted ? 'failed' : result.outcome, status: result.status, answer: result.answer },
      })),
    })
    const nextAt = new Date(Date.now() + retryDelayMs(attempts, Math.random(), result.retryAfterMs))
    // What was dropped meanwhile stays so, and what another worker took up is theirs to end.
    const { count } = await tx.notificationDelivery.updateMany({
      where: { id: { in: ids }, state: 'waiting', claimedUntil },
      data: {
        ...{ state, claimedUntil: null, remoteId: result.remoteId ?? null },
        ...(ended ? { endedAt: new Date() } : { nextAt }),
      },
    })
    if (state === 'failed' && count > 0) await tellOfFailure(tx, channel, claimed[0], result)
    await announce(tx, systemContext(organizationId, 'deliveries'), 'notices')
  })
  return result
}

async function send(channel: NotificationChannel, claimed: Claimed): Promise<SendResult> {
  try {
    const parcel = await makeParcel(channel, claimed)
    if (!parcel) return { outcome: 'failed', status: null, answer: 'Whom it is for is not here any more.' }
    return await channelKind(channel.kind as ChannelKindId).send(parcel)
  } catch (error) {
    const answer = shorten(error instanceof Error ? error.message || String(error.cause ?? error.name) : String(error))
    if (error instanceof ForbiddenAddressError) return { outcome: 'failed', status: null, answer }
    log.warn({ channel: channel.id, error: answer }, 'a notification could not be delivered')
    return { outcome: 'retry', status: null, answer }
  }
}

/** An alert that fires into the void does not count: administrators hear of it, once a day and channel. */
async function tellOfFailure(
  tx: Transaction,
  { id, name, organizationId }: NotificationChannel,
  { kind }: NotificationDelivery,
  { answer }: SendResult,
): Promise<void> {
  if (kind === 'channel_failing' || kind === 'test') return
  const ctx = systemContext(organizationId, 'deliveries')
  await notify(tx, ctx, await peopleOfRoles(tx, organizationId, ['administrator']), {
    kind: 'channel_failing',
    occasion: `channel-failing:${id}:${new Date().toISOString().slice(0, 10)}`,
    title: `${name} does not deliver`,
    detail: answer,
    href: `/admin/notifications/${id}`,
    risk: 'high',
    exceptChannelId: id,
  })
}
