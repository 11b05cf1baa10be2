import { formatUsd } from '#core/money.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion as keepRecord } from '#lib/records/keep-version.ts'
import type { Workload } from '#prisma/generated/client.ts'
import { publishWorkload } from './publish-workload.ts'

interface WorkloadChange {
  readonly before: Workload | null
  readonly after: Workload
  readonly action: string
  readonly reason: string
}

/** Keeps a change of a workload: its version with author, reason and difference, the audit entry, the gateways' document. */
export async function keepVersion(tx: Transaction, ctx: Context, change: WorkloadChange): Promise<void> {
  const { before, after, action, reason } = change
  const names = await namesOf(tx, ctx, before ? [before, after] : [after])
  await keepRecord(tx, ctx, {
    kind: 'workload',
    id: after.id,
    name: after.name,
    version: after.version,
    document: JSON.parse(
      JSON.stringify({ ...after, costPerCallNanoUsd: after.costPerCallNanoUsd?.toString() ?? null }),
    ),
    before: before && inWords(before, names),
    after: inWords(after, names),
    action,
    reason,
  })
  await publishWorkload(tx, ctx, after)
}

async function namesOf(
  tx: Transaction,
  { organizationId }: Context,
  workloads: readonly Workload[],
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (pick: (one: Workload) => (string | null)[]) => workloads.flatMap(pick).filter(id => id !== null)
  const models = await tx.model.findMany({
    where: { organizationId, id: { in: idsOf(one => one.modelIds) } },
    select: { id: true, identifier: true },
  })
  const people = await tx.person.findMany({
    where: { organizationId, id: { in: idsOf(one => [one.ownerId]) } },
    select: { id: true, name: true },
  })
  const teams = await tx.team.findMany({
    where: { organizationId, id: { in: idsOf(one => [one.teamId]) } },
    select: { id: true, name: true },
  })
  return new Map([
    ...models.map(({ id, identifier }) => [id, identifier] as const),
    ...[...people, ...teams].map(({ id, name }) => [id, name] as const),
  ])
}

function inWords(workload: Workload, names: ReadonlyMap<string, string>): InWords {
  const { modelIds, ownerId, teamId, costPerCallNanoUsd } = workload
  return {
    name: workload.name,
    'name that callers send': workload.slug,
    objective: workload.objective || null,
    team: names.get(teamId) ?? teamId,
    owner: ownerId && (names.get(ownerId) ?? ownerId),
    lifecycle: workload.lifecycle,
    keys: workload.keyScope === 'organization' ? 'any' : workload.keyScope === 'team' ? 'of its team' : 'bound to it',
    'least tier': workload.tier,
    models: modelIds.length > 0 ? modelIds.map(id => names.get(id) ?? id).join(', ') : 'every model of the catalog',
    'cost of a call': costPerCallNanoUsd === null ? null : `at most USD ${formatUsd(costPerCallNanoUsd)}`,
    brief: workload.briefId,
    sunset: workload.sunsetAt?.toISOString().slice(0, 10) ?? null,
    'migration plan': workload.migrationPlan || null,
    'review by': workload.reviewBy.toISOString().slice(0, 10),
  }
}
