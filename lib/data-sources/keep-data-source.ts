import { withdrawConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import type { DataSource } from '#prisma/generated/client.ts'
import { publishDataSource } from './publish-data-source.ts'

/** Keeps a change of a data source: its version, the audit entry, and what the gateways know of it. */
export async function keepDataSource(
  tx: Transaction,
  ctx: Context,
  before: DataSource | null,
  after: DataSource,
  { action, reason }: { action: string; reason: string },
): Promise<void> {
  const { id, slug, name, description, tier, ownerId, systems, regions, workloads, reviewEveryDays } = after
  await keepVersion(tx, ctx, {
    ...{ kind: 'data_source', id, name, version: after.version, action, reason },
    document: { slug, name, description, tier, ownerId, systems, regions, workloads, reviewEveryDays },
    before: before && (await inWords(tx, before)),
    after: await inWords(tx, after),
  })
  if (after.archivedAt) {
    await withdrawConfig(tx, ctx, 'data_source', id)
    await announce(tx, ctx, 'config', id)
  } else await publishDataSource(tx, ctx, after)
}

async function inWords(tx: Transaction, source: DataSource): Promise<InWords> {
  const owner = source.ownerId ? await tx.person.findFirst({ where: { id: source.ownerId } }) : null
  return {
    name: source.name,
    description: source.description || null,
    tier: source.tier,
    owner: owner?.name ?? null,
    systems: source.systems.join(', ') || null,
    regions: source.regions.join(', ') || 'as its tier',
    workloads: source.workloads.join(', ') || null,
    review: `every ${source.reviewEveryDays} days`,
    reviewed: source.reviewedAt?.toISOString() ?? null,
    'review due': source.reviewDueAt?.toISOString().slice(0, 10) ?? null,
    state: source.archivedAt ? 'out of use' : 'in use',
  }
}
