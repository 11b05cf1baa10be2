import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { signerDto } from './model-signers.ts'
import { AddModelSignerInput, type ModelSignerDto } from './schema.ts'
import { fingerprintOf, readSignerKey } from './verify-artifact.ts'

/** Believes signatures of a key or of an identity from now on. Throws `invalid_input` for what is no such public key. */
export async function addModelSigner({ ctx, input }: VerbArgs): Promise<ModelSignerDto> {
  requirePermission(ctx, 'models.approve')
  const { name, publicKey, identity } = parseInput(AddModelSignerInput, input)
  const fingerprint = publicKey === undefined ? null : keyFingerprint(publicKey)
  return transact(ctx, async tx => {
    const { organizationId } = ctx
    if ((await tx.modelSigner.count({ where: { organizationId, name } })) > 0) {
      throw conflict(`There is a signer ${name} already. Signatures are read by name, so each name is used once.`)
    }
    const data = { organizationId, name, publicKey: publicKey ?? null, ...identity, createdByName: ctx.actor.name }
    const signer = await tx.modelSigner.create({ data: { id: newId(), ...data } })
    const subject = { kind: 'model_signer', id: signer.id, name }
    await audit(tx, ctx, { action: 'model_signer.added', subject, after: identity ?? { fingerprint } })
    return signerDto(signer)
  })
}

function keyFingerprint(publicKey: string): string {
  try {
    return fingerprintOf(readSignerKey(publicKey))
  } catch (error) {
    throw invalid('publicKey', error instanceof Error ? error.message : 'This is no public key.')
  }
}
