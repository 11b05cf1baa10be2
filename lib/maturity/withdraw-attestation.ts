import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, notFound, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { type AttestationDto, WithdrawAttestationInput } from './schema.ts'
import { attestationDto } from './to-dto.ts'

/** Takes back what was said of a criterion; it stays readable with the reason, and counts no more. */
export async function withdrawAttestation({ ctx, input }: VerbArgs): Promise<AttestationDto> {
  requirePermission(ctx, 'maturity.attest')
  const { id, reason } = parseInput(WithdrawAttestationInput, input)
  return transact(ctx, async tx => {
    const found = await tx.maturityAttestation.findFirst({ where: { id, organizationId: ctx.organizationId } })
    if (!found) throw notFound('attestation')
    const now = new Date()
    const { count } = await tx.maturityAttestation.updateMany({
      where: { id, organizationId: ctx.organizationId, withdrawnAt: null },
      data: { withdrawnAt: now, withdrawnBy: ctx.actor.name, withdrawReason: reason },
    })
    if (count === 0) throw conflict('It was withdrawn already.')
    await audit(tx, ctx, {
      action: 'criterion.attestation_withdrawn',
      subject: { kind: 'criterion', id, name: found.criterionId },
      before: { verdict: found.verdict, evidenceHash: found.evidenceHash },
      reason,
    })
    return attestationDto({ ...found, withdrawnAt: now, withdrawReason: reason }, now)
  })
}
