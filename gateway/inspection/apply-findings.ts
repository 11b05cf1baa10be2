import type { TierDocument } from '#core/contracts/config-documents.ts'
import { type DecidedFinding, type Decision, doneBy, type LocatedFinding } from '#core/guardrails/decide.ts'
import { DETECTORS, isDetectorId } from '#core/guardrails/detector.ts'
import type { TextPart } from '#core/guardrails/extract-text.ts'
import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import { maskText } from '#core/guardrails/mask-text.ts'
import type { InspectionPlan } from '#gateway/config/guardrails.ts'
import { type Exchange, evidenceText } from '#gateway/exchange.ts'
import { decideFor } from '#gateway/exemptions/waive-guardrails.ts'
import { Refusal } from '#gateway/refusal.ts'

/** What the places of an answer begin with. */
export const ANSWER = 'answer.'

/** Findings that an event keeps; a request with more of them is no easier to judge. */
const MOST_KEPT = 100

/** Applies an organization's rules to what was found: raises the tier, masks, refuses; evidence gets it all. */
export function applyFindings(
  exchange: Exchange,
  plan: InspectionPlan,
  parts: readonly TextPart[],
  found: readonly (readonly TextFinding[])[],
): void {
  const located = locate(parts, found)
  if (located.length === 0) return
  const decision = decideFor(exchange, plan, located)
  noteDecision(exchange, decision)
  if (decision.blocked) throw contentBlocked(decision.blocked)
  mask(exchange, plan, parts, found, decision.findings)
}

/** Keeps what was done as evidence, and the tier that it raised the request to. */
export function noteDecision(exchange: Exchange, decision: Decision): void {
  const { raisedBy, tier } = decision
  const room = Math.max(0, MOST_KEPT - exchange.findings.length)
  for (const { detector, kind, location, action, shadow, count } of doneBy(decision).slice(0, room)) {
    const place = evidenceText(location, 200) ?? ''
    exchange.findings.push({ detector, kind, location: place, action, shadow, count })
  }
  if (!raisedBy) return
  exchange.tier = tier as TierDocument | null
  exchange.raisedBy = `${nameOf(raisedBy)} at ${raisedBy.location}`
}

/** One entry for each detector, kind and place. */
export function locate(parts: readonly TextPart[], found: readonly (readonly TextFinding[])[]): LocatedFinding[] {
  const located = new Map<string, LocatedFinding>()
  for (const [at, findings] of found.entries()) {
    const part = parts[at]
    if (!part) continue
    for (const { detector, kind } of findings) {
      const maskable = part.replace !== null
      const key = `${detector} ${kind} ${part.location} ${maskable}`
      const known = located.get(key)
      if (known) known.count++
      else located.set(key, { detector, kind, location: part.location, count: 1, maskable })
    }
  }
  return [...located.values()]
}

function mask(
  exchange: Exchange,
  plan: InspectionPlan,
  parts: readonly TextPart[],
  found: readonly (readonly TextFinding[])[],
  decided: readonly DecidedFinding[],
): void {
  const masked = new Set(decided.filter(one => one.action === 'mask' && !one.shadow).map(one => one.detector))
  if (masked.size === 0) return
  for (const [at, findings] of found.entries()) {
    const part = parts[at]
    const hits = findings.filter(finding => masked.has(finding.detector) && plan.rules.has(finding.detector))
    if (!part?.replace || hits.length === 0) continue
    part.replace(maskText(part.text, hits))
    // What the client sent must not go on; what was inspected and masked does.
    exchange.verbatim = false
  }
}

export function contentBlocked(blocked: DecidedFinding): Refusal {
  const name = nameOf(blocked)
  const times = blocked.count > 1 ? ` (${blocked.count} times)` : ''
  const isAnswer = blocked.location.startsWith(ANSWER)
  const words = isAnswer
    ? `A guardrail stopped this answer: ${name} was found in ${blocked.location}${times}. What the model wrote is not passed on; the guardrail is kept by Security in the portal.`
    : `A guardrail blocked this request: ${name} was found in ${blocked.location}${times}. Remove it and send the request again; the guardrail is kept by Security in the portal.`
  return new Refusal(403, 'content_blocked', words, {
    param: isAnswer ? null : blocked.location,
    rule: `guardrail:${blocked.detector}`,
  })
}

const PATTERN = 'pattern:'

/** What was found, in words: `Payment cards (card)`, or the pattern of the organization. */
function nameOf({ detector, kind }: DecidedFinding): string {
  if (detector.startsWith(PATTERN)) return `the pattern "${detector.slice(PATTERN.length)}" of your organization`
  const name = isDetectorId(detector) ? DETECTORS[detector] : detector
  return kind === detector ? name : `${name} (${kind})`
}
