import 'server-only'
import { CONTENT_KEPT } from '#core/contracts/request-event.ts'
import { OrganizationSettings } from '#lib/organizations/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { findContentEvent } from './find-content.ts'
import { keptUntil, retentionDays } from './retention.ts'
import type { ContentStateDto } from './schema.ts'

/** Whether a request's content is there, why not, and whether this reader may read it. Reads none of it. */
export function contentState(ctx: Context, id: string): Promise<ContentStateDto> {
  return read(ctx, async tx => {
    const event = await findContentEvent(tx, ctx, id, 'requests.read')
    if (!event) throw notFound('request')
    const row = await tx.requestContent.findFirst({
      where: { id, occurredAt: event.at },
      select: { logging: true, plainBytes: true, truncated: true },
    })
    const tier = event.dataClass
      ? await tx.tier.findFirst({ where: { organizationId: ctx.organizationId, name: event.dataClass } })
      : null
    const days = retentionDays(tier, await requestRetention(tx, ctx))
    const until = keptUntil(event.at, days)
    const logging = row && (row.logging === 'full' && tier?.contentLogging === 'full' ? 'full' : 'restricted')
    const kept = CONTENT_KEPT.find(one => one === event.kept) ?? null
    return {
      state: row && days > 0 ? 'kept' : stateWithout(kept, until),
      kept,
      tier: event.dataClass,
      logging,
      bytes: row?.plainBytes ?? null,
      truncated: row?.truncated ?? false,
      keptUntil: days > 0 ? until.toISOString() : null,
      retentionDays: days > 0 ? days : null,
      lacks: await lackedBy(tx, ctx, id, logging),
    }
  })
}

function stateWithout(kept: ContentStateDto['kept'], until: Date): ContentStateDto['state'] {
  if (kept !== 'full' && kept !== 'restricted') return 'not_kept'
  return until.getTime() <= Date.now() ? 'expired' : 'removed'
}

async function requestRetention(tx: Transaction, ctx: Context): Promise<number> {
  const organization = await tx.organization.findFirst({
    where: { id: ctx.organizationId },
    select: { settings: true },
  })
  return OrganizationSettings.parse(organization?.settings ?? {}).requestRetentionDays
}

async function lackedBy(
  tx: Transaction,
  ctx: Context,
  id: string,
  logging: ContentStateDto['logging'],
): Promise<ContentStateDto['lacks']> {
  const reaches = scopeOf(ctx.actor, 'content.read') && (await findContentEvent(tx, ctx, id, 'content.read'))
  if (!reaches) return 'content.read'
  return logging === 'restricted' && !scopeOf(ctx.actor, 'content.readRestricted') ? 'content.readRestricted' : null
}
