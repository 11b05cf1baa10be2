import { z } from 'zod'
import { needsAcceptance, RISK_CATEGORIES, RISK_TREATMENTS, riskLevel } from '#core/risks/risk.ts'
import type { InWords } from '#lib/records/keep-version.ts'
import type { Risk } from '#prisma/generated/client.ts'

/** The texts of a stored risk that come from a list. */
export function readRisk(row: Risk) {
  return {
    category: z.enum(RISK_CATEGORIES).parse(row.category),
    treatment: z.enum(RISK_TREATMENTS).parse(row.treatment),
  }
}

export function inherentOf({ likelihood, impact }: Risk) {
  return { likelihood, impact }
}

export function residualOf({ residualLikelihood, residualImpact }: Risk) {
  return { likelihood: residualLikelihood, impact: residualImpact }
}

/** Whether it is to be accepted as it stands, and is not, or not any more. */
export function waitsForAcceptance(row: Risk, now = Date.now()): boolean {
  if (row.closedAt || !needsAcceptance(readRisk(row).treatment, residualOf(row))) return false
  return row.acceptedUntil === null || row.acceptedUntil.getTime() <= now
}

/** What is accepted when a risk is: all that it is judged by, in JSON. */
export function termsOf(row: Risk) {
  return {
    title: row.title,
    description: row.description,
    inherent: inherentOf(row),
    residual: residualOf(row),
    plan: row.plan,
  }
}

/** The whole record, as its versions keep it. */
export function riskDocument(row: Risk) {
  const { category, treatment, ownerId, acceptedBy } = row
  const moments = { reviewAt: row.reviewAt, acceptedUntil: row.acceptedUntil, closedAt: row.closedAt }
  const texts = Object.fromEntries(Object.entries(moments).map(([name, at]) => [name, at?.toISOString() ?? null]))
  return { ...termsOf(row), category, treatment, ownerId, acceptedBy, ...texts }
}

/** A risk as its history shows it. */
export function riskInWords(row: Risk): InWords {
  const grade = (rating: { likelihood: number; impact: number }) =>
    `${riskLevel(rating)}: likelihood ${rating.likelihood}, impact ${rating.impact}`
  return {
    title: row.title,
    category: row.category,
    description: row.description,
    inherent: grade(inherentOf(row)),
    residual: grade(residualOf(row)),
    treatment: row.treatment,
    plan: row.plan,
    owner: row.ownerId,
    'next review': row.reviewAt.toISOString().slice(0, 10),
    accepted: row.acceptedUntil ? `by ${row.acceptedBy} until ${row.acceptedUntil.toISOString().slice(0, 10)}` : null,
    state: row.closedAt ? 'closed' : 'open',
  }
}
