import { hashEvidence } from '#core/evidence/evidence.ts'
import { notify } from '#lib/notices/notify.ts'
import { peopleOfRoles } from '#lib/notices/recipients.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { FailoverDrill } from '#prisma/generated/client.ts'
import { drillEvidence } from './drill-evidence.ts'
import { readPlan } from './drill-plan.ts'
import type { DrillFindings } from './schema.ts'

/** Ends a drill with what it found, as evidence. One that has ended stays as it is. Tells people of a failure. */
export async function finishDrill(drill: FailoverDrill, findings: DrillFindings, now = new Date()): Promise<void> {
  await databases().system.$transaction(async tx => {
    const ctx = systemContext(drill.organizationId, 'failover-drills')
    const plan = await readPlan(tx, drill.organizationId)
    const evidence = drillEvidence(drill, findings, plan, now)
    const { passed, failure, recoveryMs } = findings
    const { count } = await tx.failoverDrill.updateMany({
      where: { id: drill.id, endedAt: null },
      data: {
        state: passed ? 'passed' : 'failed',
        phase: null,
        endedAt: now,
        evidence: JSON.parse(JSON.stringify(evidence)),
        evidenceHash: hashEvidence(evidence),
        ...{ failure, recoveryMs },
      },
    })
    if (count === 0) return
    await audit(tx, ctx, {
      action: passed ? 'failover_drill.passed' : 'failover_drill.failed',
      subject: { kind: 'failoverDrill', id: drill.id, name: drill.modelName },
      after: { recoveryMs, boundMs: findings.boundMs, evidenceHash: hashEvidence(evidence) },
      ...(failure ? { reason: failure } : {}),
    })
    if (!passed) await tellFailure(tx, ctx, drill, failure ?? '')
    await announce(tx, ctx, 'drills', drill.id)
  })
}

async function tellFailure(tx: Transaction, ctx: Context, drill: FailoverDrill, failure: string): Promise<void> {
  await notify(tx, ctx, await peopleOfRoles(tx, drill.organizationId, ['operations', 'administrator']), {
    kind: 'failover_drill',
    title: `The failover drill of ${drill.modelName} failed`,
    detail: failure,
    href: `/operate/failover-drills/${drill.id}`,
    occasion: `failover-drill:${drill.id}`,
  })
}
