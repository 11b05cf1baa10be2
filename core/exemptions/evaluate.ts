import { highest, type TierRank } from '#core/guardrails/decide.ts'
import type { ExemptionDocument, ExemptionRecord, ExemptionSubject } from './exemption.ts'

/** Whether an exemption holds at a moment (milliseconds since 1970): from its start until the moment of its end. */
export function isInForce({ from, until }: ExemptionRecord, now: number): boolean {
  return from <= now && now < until
}

/** Whether a request is one of those that an exemption is for. */
export function coversSubject({ subject }: ExemptionDocument, request: ExemptionSubject): boolean {
  const { kind, target, teamId } = subject
  if (kind === 'team') return request.teamId === target
  if (kind === 'person') return request.personId === target
  if (kind === 'key') return request.keyId === target
  // A caller says what it is for: only the keys of the team that was exempted are believed.
  if (teamId === null || request.teamId !== teamId) return false
  return (kind === 'workload' ? request.workload : request.useCase) === target
}

/** The exemption by which a model may be called although its lifecycle or its restrictions forbid it. */
export function modelExemption<E extends ExemptionRecord>(exemptions: readonly E[], modelId: string): E | null {
  return exemptions.find(({ document }) => document.kind === 'model' && document.modelIds.includes(modelId)) ?? null
}

/**
 * The exemption by which a model at its provider may see a tier that neither is approved for. It reaches up to the
 * tier that it names; a name that is no tier any more reaches nothing.
 *
 * @param tiers all tiers of the organization
 */
export function tierExemption<E extends ExemptionRecord>(
  exemptions: readonly E[],
  { modelId, providerId }: { modelId: string; providerId: string },
  tier: TierRank,
  tiers: readonly TierRank[],
): E | null {
  const reaches = ({ kind, modelIds, providerIds, tier: named }: ExemptionDocument) =>
    kind === 'tier' && (modelIds.includes(modelId) || providerIds.includes(providerId)) && isUpTo(named, tier, tiers)
  return exemptions.find(({ document }) => reaches(document)) ?? null
}

/** The exemption by which a budget does not refuse a request of this tier. */
export function costExemption<E extends ExemptionRecord>(
  exemptions: readonly E[],
  budgetId: string,
  tier: TierRank | null,
  tiers: readonly TierRank[],
): E | null {
  const lifts = ({ kind, budgetIds }: ExemptionDocument) => kind === 'cost' && budgetIds.includes(budgetId)
  return exemptions.find(({ document }) => lifts(document) && isWithinCeiling(document, tier, tiers)) ?? null
}

/**
 * The exemptions by which guardrails do nothing to a request of this tier. None for the most sensitive tier, unless
 * an exemption from that tier covers the request as well.
 */
export function guardrailExemptions<E extends ExemptionRecord>(
  exemptions: readonly E[],
  tier: TierRank | null,
  tiers: readonly TierRank[],
): E[] {
  if (isMostSensitive(tier, tiers)) {
    const opened = exemptions.some(({ document }) => document.kind === 'tier' && isUpTo(document.tier, tier, tiers))
    if (!opened) return []
  }
  return exemptions.filter(({ document }) => document.kind === 'guardrail' && isWithinCeiling(document, tier, tiers))
}

/** Whether a request of a tier is within the ceiling that an exemption has; without one, every tier is. */
export function isWithinCeiling(
  { tier: ceiling }: ExemptionDocument,
  tier: TierRank | null,
  tiers: readonly TierRank[],
): boolean {
  return ceiling === null || tier === null || isUpTo(ceiling, tier, tiers)
}

function isUpTo(name: string | null, tier: TierRank | null, tiers: readonly TierRank[]): boolean {
  const named = tiers.find(one => one.name.toLowerCase() === name?.toLowerCase())
  return named !== undefined && tier !== null && tier.rank <= named.rank
}

function isMostSensitive(tier: TierRank | null, tiers: readonly TierRank[]): boolean {
  return tier !== null && tiers.length > 1 && highest(tiers)?.rank === tier.rank
}
