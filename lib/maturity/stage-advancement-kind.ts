import { z } from 'zod'
import { exitCriteria } from '#core/maturity/criteria.ts'
import { STAGE_NAMES, type Stage } from '#core/maturity/criterion.ts'
import { CRITERION_STATES } from '#core/maturity/evaluate.ts'
import { lets, tally } from '#core/maturity/stage-of.ts'
import type { ApprovalKind } from '#lib/approvals/approval-kind.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { type Assessment, assess } from './assess.ts'

/** What is asked for: the stage, and the exit criteria of the one to leave as they stand. */
const Snapshot = z.strictObject({
  fromStage: z.int(),
  toStage: z.int(),
  states: z.record(z.string(), z.enum(CRITERION_STATES)),
})

/** The snapshot of an assessment: what is met does not depend on figures that move with every request. */
export function advancementSnapshot({ stage, results }: Assessment): z.infer<typeof Snapshot> {
  const states = exitCriteria(stage).map(({ id }) => [id, results.get(id)?.state ?? 'unknown'] as const)
  return { fromStage: stage, toStage: stage + 1, states: Object.fromEntries(states) }
}

/** The next stage of maturity. Nothing is advanced whose criteria have changed since the board was asked. */
export const stageAdvancementKind: ApprovalKind = {
  id: 'stage_advancement',
  title: 'Advancement to the next stage',
  policy: {
    steps: [{ name: 'Review board', approvers: { roles: ['board_member'] }, quorum: 2 }],
    expiresAfterHours: 24 * 30,
  },
  describe(snapshot) {
    const { fromStage, toStage, states } = Snapshot.parse(snapshot)
    const named = (stage: number) => `Stage ${stage}, ${STAGE_NAMES[stage as Stage]}`
    const exempt = Object.entries(states).filter(([, state]) => state === 'exempt')
    return [
      { label: 'Stage', before: named(fromStage), after: named(toStage) },
      { label: 'Exit criteria met', before: null, after: `${Object.values(states).filter(s => s === 'met').length}` },
      ...exempt.map(([id]) => ({ label: 'Excused by decision', before: null, after: id })),
    ]
  },
  href: () => '/assure/maturity',
  async current(tx, ctx, { snapshot }) {
    const asked = Snapshot.parse(snapshot)
    const assessment = await assess(tx, ctx)
    if (assessment.stage !== asked.fromStage) return null
    return advancementSnapshot(assessment)
  },
  async carryOut(tx, ctx, { id: approvalId, snapshot, reason }) {
    const { organizationId } = ctx
    const { fromStage, toStage } = Snapshot.parse(snapshot)
    const before = await tx.maturityStage.findUnique({ where: { organizationId } })
    const version = (before?.version ?? 0) + 1
    const data = { stage: toStage, version, since: new Date(), approvalId }
    await tx.maturityStage.upsert({ where: { organizationId }, create: { organizationId, ...data }, update: data })
    const { results } = await assess(tx, ctx)
    const counts = tally(fromStage as Stage, results).map(({ layer, met, exempt, of }) => ({ layer, met, exempt, of }))
    const unmet = exitCriteria(fromStage as Stage).filter(({ id }) => !lets(results.get(id) ?? { state: 'unknown' }))
    await keepVersion(tx, ctx, {
      kind: 'maturity_stage',
      id: organizationId,
      name: `Stage ${toStage}`,
      version,
      document: { stage: toStage, approvalId, counts, unmet: unmet.map(({ id }) => id) },
      before: { stage: `${fromStage}` },
      after: { stage: `${toStage}` },
      action: 'maturity.advanced',
      reason,
    })
    return { kind: 'maturity_stage', id: organizationId, name: `Stage ${toStage}`, href: '/assure/maturity' }
  },
}
