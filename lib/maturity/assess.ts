import { CRITERIA } from '#core/maturity/criteria.ts'
import type { Stage } from '#core/maturity/criterion.ts'
import { type CriterionResult, evaluate } from '#core/maturity/evaluate.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { MaturityAttestation } from '#prisma/generated/client.ts'
import { observe } from './observe.ts'

export interface Assessment {
  readonly stage: Stage
  readonly since: Date | null
  readonly results: ReadonlyMap<string, CriterionResult>
  /** Those not withdrawn, newest first. */
  readonly attestations: readonly MaturityAttestation[]
  readonly now: Date
}

/** Holds every criterion against the records, the telemetry and what people have attested, as of now. */
export async function assess(tx: Transaction, ctx: Context, now = new Date()): Promise<Assessment> {
  const { organizationId } = ctx
  const row = await tx.maturityStage.findUnique({ where: { organizationId } })
  const attestations = await tx.maturityAttestation.findMany({
    where: { organizationId, withdrawnAt: null },
    orderBy: { madeAt: 'desc' },
  })
  const results = evaluate(CRITERIA, {
    observations: await observe(tx, ctx, now),
    attestations: attestations.map(each => ({
      criterionId: each.criterionId,
      verdict: each.verdict as 'met' | 'not_met' | 'exempt',
      madeAt: each.madeAt.getTime(),
      freshUntil: each.freshUntil.getTime(),
    })),
    now: now.getTime(),
  })
  return {
    stage: (row?.stage ?? 1) as Stage,
    since: row?.since ?? null,
    results: new Map(results.map(result => [result.id, result])),
    attestations,
    now,
  }
}

/** The state of every criterion by its id, as snapshots keep it. */
export function statesOf({ results }: Pick<Assessment, 'results'>): Record<string, CriterionResult['state']> {
  return Object.fromEntries([...results].map(([id, { state }]) => [id, state]))
}
