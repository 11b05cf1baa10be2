import { formatUsd } from '#core/money.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { readExemption, stateOf } from './exemption-record.ts'
import type { ExemptionDetailDto, ExemptionDto } from './schema.ts'
import type { RecordedUsage } from './usage.ts'

type Names = ReadonlyMap<string, string>

/** An exemption as the register shows it. */
export function toExemptionDto(
  row: Exemption,
  names: Names,
  usage: RecordedUsage | undefined,
  now: number,
): ExemptionDto {
  const { kind, subjectKind, riskRating } = readExemption(row)
  const state = stateOf(row, now)
  return {
    ...{ id: row.id, title: row.title, kind, state, teamId: row.teamId, ownerId: row.ownerId, riskRating },
    subject: { kind: subjectKind, target: row.subjectTarget, name: names.get(row.subjectTarget) ?? row.subjectTarget },
    teamName: row.teamId === null ? null : (names.get(row.teamId) ?? 'Removed'),
    requesterName: row.requesterName,
    ownerName: names.get(row.ownerId) ?? 'Removed',
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt.toISOString(),
    attentionAt: row.attentionAt?.toISOString() ?? null,
    overdue: state === 'in_force' && row.attentionAt !== null && row.attentionAt.getTime() <= now,
    extensions: row.extensions,
    spendCapUsd: row.spendCapNanoUsd === null ? null : formatUsd(row.spendCapNanoUsd),
    requestCap: row.requestCap,
    calls: usage?.calls ?? 0,
    spentUsd: formatUsd(usage?.spentNanoUsd ?? 0n),
    approvalId: row.approvalId,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The same with all that is known of it. */
export function toDetailDto(
  row: Exemption,
  names: Names,
  usage: RecordedUsage | undefined,
  daily: readonly { day: string; calls: bigint; cost: bigint }[],
  pendingApprovalId: string | null,
): ExemptionDetailDto {
  const { scope, riskMethod, controls, attestations } = readExemption(row)
  const named = (ids: readonly string[]) => ids.map(id => ({ id, name: names.get(id) ?? 'Removed' }))
  return {
    ...toExemptionDto(row, names, usage, Date.now()),
    models: named(scope.modelIds),
    providers: named(scope.providerIds),
    budgets: named(scope.budgetIds),
    guardrails: named(scope.guardrailIds),
    tools: scope.tools,
    ...{ riskMethod, controls, attestations, pendingApprovalId },
    ...{ tier: row.tier, justification: row.justification, riskText: row.riskText },
    refusedCalls: usage?.refused ?? 0,
    lastUsedAt: usage?.lastUsedAt?.toISOString() ?? null,
    daily: daily.map(({ day, calls, cost }) => ({ day, calls: Number(calls), costUsd: formatUsd(cost) })),
    ...{ approvedBy: row.approvedBy, endedBy: row.endedBy, endReason: row.endReason, requesterId: row.personId },
    approvedAt: row.approvedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
