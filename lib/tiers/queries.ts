import 'server-only'
import { CONTENT_LOGGING } from '#core/contracts/config-documents.ts'
import { isId } from '#core/ids.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import { versionsOf } from '#lib/records/queries.ts'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { Tier } from '#prisma/generated/client.ts'
import { findTier } from './find-tier.ts'
import type { TierDto } from './schema.ts'

/** The organization's tiers, the least sensitive first. */
export function listTiers(ctx: Context): Promise<TierDto[]> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const tiers = await tx.tier.findMany({ where: { organizationId: ctx.organizationId }, orderBy: { rank: 'asc' } })
    const dtos: TierDto[] = []
    for (const tier of tiers) dtos.push(await tierDto(tx, tier))
    return dtos
  })
}

/** One tier of the organization. */
export function getTier(ctx: Context, id: string): Promise<TierDto> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => tierDto(tx, await findTier(tx, ctx, requireId(id))))
}

/** What a tier was after each change, newest first. */
export function tierHistory(ctx: Context, id: string): Promise<RecordVersionDto[]> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    await findTier(tx, ctx, requireId(id))
    return versionsOf(tx, ctx, { kind: 'tier', id })
  })
}

function requireId(id: string): string {
  if (!isId(id)) throw notFound('tier')
  return id
}

/** The names of the tiers, the least sensitive first, for whoever issues a key. */
export function tierChoices(ctx: Context): Promise<string[]> {
  return read(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    const tiers = await tx.tier.findMany({ where, orderBy: { rank: 'asc' }, select: { name: true } })
    return tiers.map(tier => tier.name)
  })
}

/** A tier as the portal and the API show it. */
export async function tierDto(tx: Transaction, tier: Tier): Promise<TierDto> {
  const { id, name, description, rank, contentRetentionDays, cacheable, regions, providerIds } = tier
  const models = await tx.model.count({ where: { organizationId: tier.organizationId, tiers: { has: name } } })
  const contentLogging = CONTENT_LOGGING.find(one => one === tier.contentLogging) ?? 'metadata'
  const updatedAt = tier.updatedAt.toISOString()
  const { version } = tier
  return {
    ...{ id, name, description, rank, contentLogging, contentRetentionDays, cacheable, regions, providerIds },
    ...{ models, version, updatedAt },
  }
}
