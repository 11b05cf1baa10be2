import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { hashDictionary } from '#core/guardrails/organization-pattern.ts'
import type { PatternForm } from '#core/guardrails/pattern-form.ts'
import { newId } from '#core/ids.ts'
import { freeSlug, slugOf } from '#core/slug.ts'
import { publishConfig } from '#lib/platform/config-publish.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { PATTERN_PREFIX, patternNames } from './detector-name.ts'
import { requireTiers } from './find-guardrail.ts'
import { keepGuardrail } from './keep-guardrail.ts'
import { publishGuardrail } from './publish-guardrail.ts'
import { detectorDto } from './queries.ts'
import { CreateDetectorInput, type DetectorDto, type PatternInput } from './schema.ts'

const SALT_BYTES = 16

/** Adds a pattern of the organization's own, with its rule; in shadow unless told, so that its hits are seen first. */
export async function createDetector({ ctx, input }: VerbArgs): Promise<DetectorDto> {
  requirePermission(ctx, 'guardrails.manage')
  const { name, pattern: given, ...asked } = parseInput(CreateDetectorInput, input)
  const { organizationId } = ctx
  return transact(ctx, async tx => {
    const rule = await requireTiers(tx, ctx, asked)
    // What a pattern found that was removed stays its own.
    const taken = [...(await patternNames(tx, ctx)).keys()].map(detector => detector.slice(PATTERN_PREFIX.length))
    const slug = freeSlug(slugOf(name), new Set(taken))
    const id = newId()
    const pattern = stored(given)
    await tx.detectorPattern.create({ data: { id, organizationId, slug, name, pattern } })
    await publishConfig(tx, ctx, 'detector', id, { slug, name, pattern })
    const detector = PATTERN_PREFIX + slug
    const guardrail = await tx.guardrail.create({ data: { id: newId(), organizationId, detector, ...rule } })
    await publishGuardrail(tx, ctx, guardrail)
    // What it looks for may be a secret itself, and versions leave the portal.
    const told = { form: given.form }
    await keepGuardrail(tx, ctx, { before: null, after: guardrail, action: 'detector.created', pattern: told, name })
    return detectorDto(tx, ctx, guardrail)
  })
}

/** A dictionary's entries are kept as keyed hashes only. */
function stored(given: z.infer<typeof PatternInput>): PatternForm {
  return given.form === 'dictionary' ? hashDictionary(given.entries, randomBytes(SALT_BYTES)) : given
}
