import 'server-only'
import { CONFIG_DOCUMENTS, type TierDocument } from '#core/contracts/config-documents.ts'
import { effectsOf, whyNot } from '#core/routing/explain-tier.ts'
import type { RoutableModel, RoutableProvider } from '#core/routing/routable-model.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { TierMatrixDto } from './schema.ts'

/** What may go where: every tier against every model, as the documents that gateways run say it, with the reason against. */
export function tierMatrix(ctx: Context, now = Date.now()): Promise<TierMatrixDto> {
  requirePermission(ctx, 'guardrails.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const rows = await tx.gatewayConfig.findMany({
      where: { organizationId, kind: { in: ['tier', 'model', 'provider'] }, deleted: false },
      select: { id: true, kind: true, doc: true },
    })
    const kept = await tx.tier.findMany({ where: { organizationId }, select: { id: true, contentRetentionDays: true } })
    const of = (kind: string) => rows.filter(row => row.kind === kind)
    const tiers = of('tier')
      .map(({ id, doc }) => ({ id, document: CONFIG_DOCUMENTS.tier.parse(doc) }))
      .sort((a, b) => a.document.rank - b.document.rank)
    const providers = new Map(of('provider').map(({ id, doc }) => [id, providerOf(id, doc)]))
    const names = new Map([...providers].map(([id, { document }]) => [id, document.name]))
    const ordered = tiers.map(({ document }) => document)
    const models = of('model').map(({ id, doc }) => modelOf(id, doc))
    return {
      tiers: tiers.map(({ id, document }) => ({
        id,
        name: document.name,
        effects: effectsOf(document, names, kept.find(tier => tier.id === id)?.contentRetentionDays ?? 0),
      })),
      models: models
        .map(model => rowOf(model, providers.get(model.document.providerId) ?? null, ordered, now))
        .sort((a, b) => a.provider.localeCompare(b.provider) || a.identifier.localeCompare(b.identifier)),
    }
  })
}

function rowOf(
  model: RoutableModel,
  provider: RoutableProvider | null,
  tiers: readonly TierDocument[],
  now: number,
): TierMatrixDto['models'][number] {
  return {
    id: model.id,
    identifier: model.document.identifier,
    provider: provider?.document.name ?? 'Unknown provider',
    reach: tiers.map(tier => ({ tier: tier.name, whyNot: whyNot(model, provider, tier, tiers, now) })),
  }
}

function providerOf(id: string, doc: unknown): RoutableProvider {
  return { id, document: CONFIG_DOCUMENTS.provider.parse(doc) }
}

function modelOf(id: string, doc: unknown): RoutableModel {
  const document = CONFIG_DOCUMENTS.model.parse(doc)
  const sunsetAt = document.sunsetAt === null ? Number.POSITIVE_INFINITY : Date.parse(document.sunsetAt)
  return { id, document, dialects: new Set(document.dialects), sunsetAt, prices: [] }
}
