import { type Evidence, hashEvidence } from '#core/evidence/evidence.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { MaturityAttestation, Prisma } from '#prisma/generated/client.ts'

const DAY_MS = 86_400_000

export interface NewAttestation {
  criterionId: string
  verdict: 'met' | 'not_met' | 'exempt'
  statement: string
  link: string
  freshDays: number
  approvalId?: string
}

/** Keeps what somebody says of a criterion as evidence, with its hash, and writes it into the audit log. */
export async function writeAttestation(
  tx: Transaction,
  ctx: Context,
  { freshDays, approvalId, ...said }: NewAttestation,
): Promise<MaturityAttestation> {
  const now = new Date()
  const freshUntil = new Date(now.getTime() + freshDays * DAY_MS)
  const evidence: Evidence = {
    kind: 'maturity_attestation',
    subject: { kind: 'criterion', id: said.criterionId, name: said.criterionId },
    collector: ctx.actor.name,
    period: { from: now.toISOString(), to: now.toISOString() },
    effectiveAt: now.toISOString(),
    freshUntil: freshUntil.toISOString(),
    value: { verdict: said.verdict, statement: said.statement, link: said.link },
  }
  const evidenceHash = hashEvidence(evidence)
  const attestation = await tx.maturityAttestation.create({
    data: {
      id: newId(),
      organizationId: ctx.organizationId,
      ...said,
      evidence: evidence as unknown as Prisma.InputJsonObject,
      evidenceHash,
      madeById: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      madeByName: ctx.actor.name,
      madeAt: now,
      freshUntil,
      approvalId: approvalId ?? null,
    },
  })
  await audit(tx, ctx, {
    action: said.verdict === 'exempt' ? 'criterion.exempted' : 'criterion.attested',
    subject: { kind: 'criterion', id: attestation.id, name: said.criterionId },
    after: { verdict: said.verdict, link: said.link, evidenceHash, freshUntil },
    reason: said.statement,
  })
  return attestation
}
