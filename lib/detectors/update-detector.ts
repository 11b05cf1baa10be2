import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findGuardrail, requireTiers } from './find-guardrail.ts'
import { keepGuardrail } from './keep-guardrail.ts'
import { publishGuardrail } from './publish-guardrail.ts'
import { detectorDto } from './queries.ts'
import { Actions, type DetectorDto, UpdateDetectorInput } from './schema.ts'

/** Changes what is done with what a detector finds. Actions that are not named stay. */
export async function updateDetector({ ctx, input }: VerbArgs): Promise<DetectorDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { id, ...given } = parseInput(UpdateDetectorInput, input)
  return transact(ctx, async tx => {
    const before = await findGuardrail(tx, ctx, id)
    const changes = await requireTiers(tx, ctx, given)
    const actions = { ...Actions.parse(before.actions), ...changes.actions }
    const { enabled = before.enabled, shadow = before.shadow, raiseTo = before.raiseTo } = changes
    const { appliesTo = before.appliesTo } = changes
    const guardrail = await tx.guardrail.update({
      where: { id },
      data: { enabled, shadow, appliesTo, raiseTo, actions },
    })
    await keepGuardrail(tx, ctx, { before, after: guardrail, action: 'guardrail.updated' })
    await publishGuardrail(tx, ctx, guardrail)
    return detectorDto(tx, ctx, guardrail)
  })
}
