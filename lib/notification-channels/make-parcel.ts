import { NotificationMessage } from '#core/notifications/message.ts'
import { kindOf } from '#lib/approvals/kinds.ts'
import { databases } from '#lib/platform/database.ts'
import type { NotificationChannel, NotificationDelivery } from '#prisma/generated/client.ts'
import type { Parcel, RequestDetails } from './channel-kind.ts'
import { openSecrets } from './channel-secrets.ts'
import { ChannelTarget } from './schema.ts'

/** What is sent for deliveries that go together; null when whom it is for is not here any more. */
export async function makeParcel(
  channel: NotificationChannel,
  deliveries: readonly [NotificationDelivery, ...NotificationDelivery[]],
): Promise<Parcel | null> {
  const { system } = databases()
  const [{ personId, organizationId, id, attempts }] = deliveries
  const person = personId === null ? null : await system.person.findFirst({ where: { id: personId, status: 'active' } })
  if (personId !== null && person === null) return null
  const organization = await system.organization.findUniqueOrThrow({ where: { id: organizationId } })
  const maySay = await sayable(channel)
  const messages = deliveries.map(({ message }) => withoutDetails(NotificationMessage.parse(message), maySay))
  const [only] = messages
  const approvalId = messages.length === 1 ? (only?.approvalId ?? null) : null
  return {
    ...{ id, organizationId, channelId: channel.id, messages, attempt: attempts },
    target: ChannelTarget.parse(channel.target),
    secrets: secretsOf(channel),
    person: person && { id: person.id, name: person.name, email: person.email },
    request: approvalId === null ? null : await requestOf(organizationId, approvalId, only?.kind, maySay),
    organizationName: organization.name,
    answered: only?.kind === 'approval_decided' && approvalId ? await askedBy(deliveries[0], approvalId) : [],
  }
}

function secretsOf(channel: NotificationChannel): Record<string, string> {
  const secrets = { ...openSecrets(channel) }
  const { previousSecret, previousUntil } = channel
  if (!previousSecret || !previousUntil || previousUntil <= new Date()) return secrets
  const previous = openSecrets({ id: channel.id, secrets: previousSecret }).signingSecret
  return previous === undefined ? secrets : { ...secrets, previousSecret: previous }
}

/** Whether a channel may carry details of a tier: one that it does not know, or above its own, it may not. */
async function sayable({
  organizationId,
  detailsUpTo,
}: NotificationChannel): Promise<(tier: string | null) => boolean> {
  const tiers = await databases().system.tier.findMany({
    where: { organizationId },
    select: { name: true, rank: true },
  })
  const ranks = new Map(tiers.map(({ name, rank }) => [name, rank]))
  const highest = detailsUpTo === null ? undefined : ranks.get(detailsUpTo)
  return tier => {
    if (tier === null) return true
    const rank = ranks.get(tier)
    return rank !== undefined && highest !== undefined && rank <= highest
  }
}

function withoutDetails(message: NotificationMessage, maySay: (tier: string | null) => boolean): NotificationMessage {
  if (maySay(message.tier)) return message
  return { ...message, detail: `Details stay in Gatehouse: they concern the tier ${message.tier}.` }
}

async function requestOf(
  organizationId: string,
  id: string,
  newsKind: string | undefined,
  maySay: (tier: string | null) => boolean,
): Promise<RequestDetails | null> {
  const request = await databases().system.approvalRequest.findFirst({ where: { id, organizationId } })
  if (!request) return null
  const said = maySay(request.tier)
  return {
    id,
    title: request.title,
    requesterName: request.requesterName,
    reason: said ? request.reason : '',
    risk: request.risk,
    digest: request.digest,
    pending: request.state === 'pending',
    asksToDecide: newsKind === 'approval_waiting',
    expiresAt: request.expiresAt.toISOString(),
    lines: said ? kindOf(request.kind).describe(request.snapshot) : null,
  }
}

/** Messages that asked the same person to decide what is decided now. */
async function askedBy({ channelId, personId }: NotificationDelivery, approvalId: string): Promise<string[]> {
  const rows = await databases().system.notificationDelivery.findMany({
    where: {
      ...{ channelId, personId, kind: 'approval_waiting', state: 'sent' },
      message: { path: ['approvalId'], equals: approvalId },
    },
    select: { remoteId: true },
  })
  return rows.flatMap(({ remoteId }) => remoteId ?? [])
}
