import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion } from '#lib/records/keep-version.ts'
import { type FullModel, ownOf, substitutesOf } from './model-dto.ts'
import { auditedModel } from './publish-model.ts'

/** Names of what a model refers to, by id. */
type Names = ReadonlyMap<string, string>

/** Keeps a change of a model: its version with the difference in words, and the audit entry. */
export async function keepModel(
  tx: Transaction,
  ctx: Context,
  change: { before: FullModel | null; after: FullModel; action: string; reason: string },
): Promise<void> {
  const { before, after, action, reason } = change
  const names = await namesIn(tx, before ? [before, after] : [after])
  await keepVersion(tx, ctx, {
    ...{ kind: 'model', id: after.id, name: after.identifier, version: after.version },
    document: JSON.parse(JSON.stringify(auditedModel(after))) as object,
    before: before && modelInWords(before, names),
    after: modelInWords(after, names),
    ...{ action, reason },
  })
}

function modelInWords(model: FullModel, names: Names): InWords {
  const listed = (items: readonly string[]) => (items.length > 0 ? items.join(', ') : null)
  const named = (ids: readonly string[]) => listed(ids.map(id => names.get(id) ?? 'somebody who is gone'))
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null
  const optOut = model.trainingOptOut === null ? null : model.trainingOptOut ? 'agreed' : 'not agreed'
  return {
    lifecycle: model.lifecycle.replace('_', ' '),
    sunset: day(model.sunsetAt),
    'for use cases': listed(model.onlyForUseCases),
    'for teams': named(model.onlyForTeamIds),
    'for workloads': listed(model.onlyForWorkloads),
    'classes of data': listed(model.tiers),
    name: model.displayName,
    'upstream name': model.upstreamModel,
    aliases: listed(model.aliases),
    wires: listed(model.dialects),
    capabilities: listed(model.capabilities),
    modalities: listed(model.modalities),
    'context window': model.contextWindow?.toString() ?? null,
    'longest answer': model.maxOutputTokens?.toString() ?? null,
    regions: listed(model.regions),
    restrictions: model.restrictions || null,
    substitutes: named(substitutesOf(model).map(({ modelId }) => modelId)),
    'own version': ownOf(model)?.version ?? null,
    owner: named(model.ownerId ? [model.ownerId] : []),
    lineage: model.lineage || null,
    'kept by the provider': model.retentionDays === null ? null : `${model.retentionDays} days`,
    'training opt-out': optOut,
    'model card': model.modelCard || null,
    'review by': day(model.reviewBy),
    'provider ends it': day(model.providerEndsOn),
  }
}

async function namesIn(tx: Transaction, models: readonly FullModel[]): Promise<Names> {
  const teamIds = models.flatMap(model => model.onlyForTeamIds)
  const ownerIds = models.flatMap(model => model.ownerId ?? [])
  const modelIds = models.flatMap(model => substitutesOf(model).map(each => each.modelId))
  const byId = (ids: string[]) => ({ where: { id: { in: ids } } })
  const teams = teamIds.length > 0 ? await tx.team.findMany(byId(teamIds)) : []
  const owners = ownerIds.length > 0 ? await tx.person.findMany(byId(ownerIds)) : []
  const others = modelIds.length > 0 ? await tx.model.findMany(byId(modelIds)) : []
  return new Map([
    ...[...teams, ...owners].map(({ id, name }) => [id, name] as const),
    ...others.map(({ id, identifier }) => [id, identifier] as const),
  ])
}
