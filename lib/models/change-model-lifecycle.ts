import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findModel } from './find-model.ts'
import { modelDto } from './model-dto.ts'
import { publishModel } from './publish-model.ts'
import { ChangeModelLifecycleInput, type ModelDto } from './schema.ts'

/** Moves a model through its life, with the reason kept: proposed, under review, approved, restricted, deprecated, blocked. */
export async function changeModelLifecycle({ ctx, input }: VerbArgs): Promise<ModelDto> {
  requirePermission(ctx, 'models.manage')
  const { id, lifecycle, reason, sunsetAt } = parseInput(ChangeModelLifecycleInput, input)
  if (sunsetAt && lifecycle !== 'deprecated') {
    throw invalid(
      'sunsetAt',
      'Only a deprecated model has a day on which it stops. Leave it out or deprecate the model.',
    )
  }
  return transact(ctx, async tx => {
    const before = await findModel(tx, id)
    await tx.model.update({ where: { id }, data: { lifecycle, sunsetAt: sunsetAt ? new Date(sunsetAt) : null } })
    await audit(tx, ctx, {
      action: 'model.lifecycle_changed',
      subject: { kind: 'model', id, name: before.identifier },
      before: { lifecycle: before.lifecycle, sunsetAt: before.sunsetAt },
      after: { lifecycle, sunsetAt },
      reason,
    })
    return modelDto(await publishModel(tx, ctx, id))
  })
}
