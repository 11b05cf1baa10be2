import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, DomainError, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { askedVersion, findPolicy } from '#lib/policies/find-policy.ts'
import { publishAcknowledgement } from './publish-acknowledgement.ts'
import { type AcknowledgementDto, AcknowledgePolicyInput } from './schema.ts'

/**
 * Notes that the caller has read the version that people are asked for, by the hash of its text; gateways know it within
 * a second. Only a person does, for themselves. Throws `conflict` when another text is asked for by now. Doing it again
 * changes nothing and succeeds.
 */
export async function acknowledgePolicy({ ctx, input }: VerbArgs): Promise<AcknowledgementDto> {
  requirePermission(ctx, 'policies.read')
  const { policyId, versionId, sha256 } = parseInput(AcknowledgePolicyInput, input)
  const { actor, organizationId } = ctx
  if (actor.kind !== 'person') {
    throw new DomainError('permission_denied', 'Only a person acknowledges a policy, for themselves, signed in here.')
  }
  return transact(ctx, async tx => {
    const policy = await findPolicy(tx, ctx, policyId)
    const asked = policy.archivedAt ? null : await askedVersion(tx, policyId)
    if (!asked || asked.id !== versionId || asked.sha256 !== sha256) {
      throw conflict('This is not the text that is asked for now. Load the policy again and read it.')
    }
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('acknowledge'), hashtext(${actor.id}))::text`
    const known = await tx.policyAcknowledgement.findFirst({ where: { versionId, personId: actor.id } })
    if (known) return toDto(known, policy.name)
    const data = { organizationId, policyId, versionId, number: asked.number, personId: actor.id, sha256 }
    const made = await tx.policyAcknowledgement.create({ data: { id: newId(), ...data, personName: actor.name } })
    await audit(tx, ctx, {
      action: 'policy.acknowledged',
      subject: { kind: 'policy', id: policyId, name: policy.name },
      after: { version: asked.number, sha256 },
    })
    // What asked for it is answered.
    await tx.notice.updateMany({
      where: {
        organizationId,
        personId: actor.id,
        occasion: { startsWith: `policy:${versionId}:` },
        dismissedAt: null,
      },
      data: { dismissedAt: new Date() },
    })
    await publishAcknowledgement(tx, ctx, actor.id)
    await announce(tx, ctx, 'config', policyId)
    return toDto(made, policy.name)
  })
}

/** An acknowledgement as the portal and the API show it. */
export function toDto(
  row: Omit<AcknowledgementDto, 'policyName' | 'createdAt'> & { createdAt: Date },
  policyName: string,
): AcknowledgementDto {
  const { id, policyId, versionId, number, personId, personName, sha256, createdAt } = row
  const at = createdAt.toISOString()
  return { id, policyId, policyName, versionId, number, personId, personName, sha256, createdAt: at }
}
