import { type DetectorRule, decide, doneBy, lowest, type Side, type TierRank } from '#core/guardrails/decide.ts'
import { DETECTORS, isDetectorId } from '#core/guardrails/detector.ts'
import { inspectText, type TextFinding } from '#core/guardrails/inspect-text.ts'
import { maskText } from '#core/guardrails/mask-text.ts'
import { compilePattern } from '#core/guardrails/organization-pattern.ts'
import { PatternForm } from '#core/guardrails/pattern-form.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { read } from '#lib/platform/transaction.ts'
import { requireTierIn } from '#lib/tiers/tier-name.ts'
import { PATTERN_PREFIX } from './detector-name.ts'
import { Actions, appliesToOf, TestDetectorsInput, type TestResultDto } from './schema.ts'

/** Shows what the detectors find in a text and what the rules would do with it. The text is kept nowhere. */
export async function testDetectors({ ctx, input }: VerbArgs): Promise<TestResultDto> {
  requirePermission(ctx, 'guardrails.read')
  const { text, tier: asked, side } = parseInput(TestDetectorsInput, input)
  const where = { organizationId: ctx.organizationId }
  const { tiers, guardrails, patterns } = await read(ctx, async tx => ({
    tiers: (await tx.tier.findMany({ where, orderBy: { rank: 'asc' } })) satisfies TierRank[],
    guardrails: await tx.guardrail.findMany({ where }),
    patterns: await tx.detectorPattern.findMany({ where }),
  }))
  const name = asked === undefined ? null : requireTierIn(tiers, asked, 'tier')
  const declared = name === null ? lowest(tiers) : (tiers.find(tier => tier.name === name) ?? null)
  const own = patterns.map(row => compilePattern(row.slug, PatternForm.parse(row.pattern)))
  const found = inspectText(text, null, own)
  const rules = new Map<string, DetectorRule>(
    guardrails.map(rule => [
      rule.detector,
      { ...rule, appliesTo: appliesToOf(rule), actions: Actions.parse(rule.actions) },
    ]),
  )
  const names = new Map(patterns.map(row => [PATTERN_PREFIX + row.slug, row.name]))
  return outcomeOf({ text, side }, found, rules, tiers, declared, names)
}

function outcomeOf(
  { text, side }: { text: string; side: Side },
  found: readonly TextFinding[],
  rules: ReadonlyMap<string, DetectorRule>,
  tiers: readonly TierRank[],
  declared: TierRank | null,
  names: ReadonlyMap<string, string>,
): TestResultDto {
  const located = found.map(({ detector, kind }) => ({ detector, kind, location: 'text', count: 1, maskable: true }))
  const decision = decide(located, rules, tiers, declared, side)
  const byDetector = new Map(doneBy(decision).map(finding => [finding.detector, finding]))
  const masked = found.filter(({ detector }) => {
    const decided = byDetector.get(detector)
    return decided?.action === 'mask' && !decided.shadow
  })
  const findings = found.map(({ detector, kind, start, end }) => {
    const decided = byDetector.get(detector)
    const name = isDetectorId(detector) ? DETECTORS[detector] : (names.get(detector) ?? detector)
    return { detector, name, kind, start, end, action: decided?.action ?? null, shadow: decided?.shadow ?? false }
  })
  const outcome = decision.blocked ? 'blocked' : masked.length > 0 ? 'masked' : 'passed'
  return {
    outcome,
    tier: decision.tier?.name ?? null,
    declaredTier: declared?.name ?? null,
    masked: outcome === 'masked' ? maskText(text, masked) : null,
    findings,
  }
}
