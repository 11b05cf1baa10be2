import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findModelSigner, signerDto } from './model-signers.ts'
import { type ModelSignerDto, RetireModelSignerInput } from './schema.ts'

/** Believes no further signature of a key. What it signed before stays, with its name. */
export async function retireModelSigner({ ctx, input }: VerbArgs): Promise<ModelSignerDto> {
  requirePermission(ctx, 'models.approve')
  const { id, reason } = parseInput(RetireModelSignerInput, input)
  return transact(ctx, async tx => {
    const { name, retiredAt } = await findModelSigner(tx, ctx, id)
    if (retiredAt) throw conflict(`${name} is retired already.`)
    const signer = await tx.modelSigner.update({ where: { id }, data: { retiredAt: new Date() } })
    await audit(tx, ctx, { action: 'model_signer.retired', subject: { kind: 'model_signer', id, name }, reason })
    return signerDto(signer)
  })
}
