import { DETECTORS, isDetectorId } from '#core/guardrails/detector.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

export const PATTERN_PREFIX = 'pattern:'

/** A detector in words: a shipped one's title, or the name that the organization gave its pattern. */
export async function detectorName(tx: Transaction, ctx: Context, detector: string): Promise<string> {
  return isDetectorId(detector) ? DETECTORS[detector] : nameOf(detector, await patternNames(tx, ctx))
}

/** The same, with the names of the organization's patterns at hand. */
export function nameOf(detector: string, patterns: ReadonlyMap<string, string>): string {
  return isDetectorId(detector) ? DETECTORS[detector] : (patterns.get(detector) ?? detector.replace(PATTERN_PREFIX, ''))
}

/** The names of the organization's patterns by detector; those of patterns that were removed as they were at last. */
export async function patternNames(tx: Transaction, { organizationId }: Context): Promise<Map<string, string>> {
  const removed = await tx.recordVersion.findMany({
    where: { organizationId, kind: 'guardrail', document: { path: ['removed'], equals: true } },
    select: { name: true, document: true },
    orderBy: { createdAt: 'asc' },
  })
  const kept = await tx.detectorPattern.findMany({ where: { organizationId }, select: { slug: true, name: true } })
  return new Map([
    ...removed.map(({ name, document }) => [(document as { detector: string }).detector, name] as const),
    ...kept.map(({ slug, name }) => [PATTERN_PREFIX + slug, name] as const),
  ])
}
