import { z } from 'zod'
import { EXEMPTION_KINDS, EXEMPTION_SUBJECTS, NAMED_SUBJECTS } from '#core/exemptions/exemption.ts'
import { EXEMPTION_STATUSES, exemptionState } from '#core/exemptions/exemption-state.ts'
import { formatUsd } from '#core/money.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { Exemption } from '#prisma/generated/client.ts'
import { type AttestationDto, RISK_METHODS, RISK_RATINGS, AttestationDto as Stored } from './schema.ts'

const Ids = z.array(z.uuid())

/** What an exemption is from, record by record. */
export const ExemptionScope = z.strictObject({
  modelIds: Ids,
  providerIds: Ids,
  budgetIds: Ids,
  guardrailIds: Ids,
  tools: z.array(z.string()),
})
export type ExemptionScope = z.infer<typeof ExemptionScope>

/** The parts of a stored exemption that are JSON or texts, read by their schemas. */
export function readExemption(row: Exemption) {
  return {
    kind: z.enum(EXEMPTION_KINDS).parse(row.kind),
    subjectKind: z.enum(EXEMPTION_SUBJECTS).parse(row.subjectKind),
    status: z.enum(EXEMPTION_STATUSES).parse(row.status),
    riskMethod: z.enum(RISK_METHODS).parse(row.riskMethod),
    riskRating: z.enum(RISK_RATINGS).parse(row.riskRating),
    scope: ExemptionScope.parse(row.scope),
    controls: z.array(z.string()).parse(row.controls),
    attestations: z.array(Stored).parse(row.attestations),
  }
}

/** Where an exemption stands at a moment. */
export function stateOf(row: Exemption, now = Date.now()) {
  const { status } = readExemption(row)
  return exemptionState({ status, startsAt: row.startsAt?.getTime() ?? null, endsAt: row.endsAt.getTime() }, now)
}

/** When the first thing that is to be vouched for by a day is late; null: nothing is left. */
export function attentionAt(attestations: readonly AttestationDto[]): Date | null {
  const open = attestations.flatMap(({ dueAt, attestedAt }) => (dueAt && !attestedAt ? [dueAt] : []))
  const [first] = open.sort()
  return first ? new Date(first) : null
}

/** What is asked for and approved: all that decides what an exemption allows, in JSON. */
export function termsOf(row: Exemption) {
  const { scope, controls, attestations } = readExemption(row)
  return {
    title: row.title,
    kind: row.kind,
    subject: { kind: row.subjectKind, target: row.subjectTarget, teamId: row.teamId },
    ...scope,
    tier: row.tier,
    justification: row.justification,
    risk: { method: row.riskMethod, rating: row.riskRating, text: row.riskText },
    controls,
    spendCapUsd: row.spendCapNanoUsd === null ? null : formatUsd(row.spendCapNanoUsd),
    requestCap: row.requestCap,
    attestations: attestations.map(({ text, dueAt }) => ({ text, dueAt })),
    ownerId: row.ownerId,
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt.toISOString(),
  }
}

/**
 * What gateways run of it; null for kinds that they do not act on, and unless it is approved.
 *
 * @param callBudgetId the budget that its calls are taken from; null: it has no call cap
 */
export function gatewayDocument(row: Exemption, callBudgetId: string | null) {
  const { kind, scope, subjectKind, status } = readExemption(row)
  if (kind === 'tool_policy' || status !== 'approved' || !row.startsAt) return null
  const { tools: _, ...ids } = scope
  return {
    name: row.title,
    kind,
    subject: {
      kind: subjectKind,
      target: row.subjectTarget,
      teamId: NAMED_SUBJECTS.includes(subjectKind) ? row.teamId : null,
    },
    ...ids,
    tier: row.tier,
    spendCapNanoUsd: row.spendCapNanoUsd?.toString() ?? null,
    callCap:
      row.requestCap !== null && callBudgetId !== null ? { budgetId: callBudgetId, calls: row.requestCap } : null,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  }
}

/** An exemption as its history shows it. */
export function exemptionInWords(row: Exemption): InWords {
  const { scope, controls, attestations } = readExemption(row)
  const named = Object.values(scope).flat().length
  return {
    title: row.title,
    kind: row.kind,
    subject: `${row.subjectKind} ${row.subjectTarget}`,
    scope: `${named} named`,
    tier: row.tier,
    risk: row.riskRating,
    'compensating controls': controls.join('; ') || null,
    'spend cap': row.spendCapNanoUsd === null ? null : `USD ${formatUsd(row.spendCapNanoUsd)}`,
    'call cap': row.requestCap?.toString() ?? null,
    conditions:
      attestations.map(({ text, attestedAt }) => (attestedAt ? `${text} (vouched for)` : text)).join('; ') || null,
    starts: row.startsAt?.toISOString() ?? null,
    ends: row.endsAt.toISOString(),
    state: row.status,
    extensions: String(row.extensions),
  }
}
