import { DETECTORS, isDetectorId } from '#core/guardrails/detector.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

export const PATTERN_PREFIX = 'pattern:'

/** A detector in words: a shipped one's title, or the name that the organization gave its pattern. */
export async function detectorName(tx: Transaction, ctx: Context, detector: string): Promise<string> {
  if (isDetectorId(detector)) return DETECTORS[detector]
  const slug = detector.slice(PATTERN_PREFIX.length)
  const pattern = await tx.detectorPattern.findFirst({ where: { organizationId: ctx.organizationId, slug } })
  return pattern?.name ?? slug
}
