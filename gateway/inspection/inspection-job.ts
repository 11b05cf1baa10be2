import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { NamedPattern } from '#gateway/config/guardrails.ts'

/** Orders that a worker keeps: those of organizations whose rules change make way for their next ones. */
export const MOST_ORDERS = 32

/** What to look for; sent to a worker once. */
export interface InspectionOrder {
  readonly plan: number
  readonly wanted: readonly string[]
  readonly patterns: readonly NamedPattern[]
}

/** What a worker is asked: the texts of one request, to be read by an order that it was sent. */
export interface InspectionJob {
  readonly id: number
  readonly plan: number
  readonly texts: readonly string[]
}

/** What it answers: the findings of each text, or that it could not. */
export type InspectionAnswer =
  | { readonly id: number; readonly found: readonly TextFinding[][] }
  | { readonly id: number; readonly error: string }
