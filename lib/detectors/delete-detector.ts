import { withdrawConfig } from '#lib/platform/config-publish.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { detectorName, PATTERN_PREFIX } from './detector-name.ts'
import { findGuardrail } from './find-guardrail.ts'
import { keepGuardrail } from './keep-guardrail.ts'
import { DeleteDetectorInput } from './schema.ts'

/** Removes a pattern of the organization's own and its rule. Shipped detectors can only be switched off. */
export async function deleteDetector({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'guardrails.manage')
  const { id } = parseInput(DeleteDetectorInput, input)
  return transact(ctx, async tx => {
    const rule = await findGuardrail(tx, ctx, id)
    const { detector } = rule
    const name = await detectorName(tx, ctx, detector)
    if (!detector.startsWith(PATTERN_PREFIX)) throw conflict(`${name} is a shipped detector. Switch it off instead.`)
    const where = { organizationId: ctx.organizationId, slug: detector.slice(PATTERN_PREFIX.length) }
    for (const pattern of await tx.detectorPattern.findMany({ where })) {
      await tx.detectorPattern.delete({ where: { id: pattern.id } })
      await withdrawConfig(tx, ctx, 'detector', pattern.id)
    }
    await tx.guardrail.delete({ where: { id } })
    await withdrawConfig(tx, ctx, 'guardrail', id)
    await keepGuardrail(tx, ctx, { before: rule, after: null, action: 'detector.deleted', name })
    await announce(tx, ctx, 'config', id)
    return { id }
  })
}
