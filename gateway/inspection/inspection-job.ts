import type { TextFinding } from '#core/guardrails/inspect-text.ts'
import type { NamedPattern } from '#gateway/config/guardrails.ts'

/** What a worker is asked: the texts of one request, and what to look for. */
export interface InspectionJob {
  readonly id: number
  readonly texts: readonly string[]
  readonly wanted: readonly string[]
  readonly patterns: readonly NamedPattern[]
}

/** What it answers: the findings of each text, or that it could not. */
export type InspectionAnswer =
  | { readonly id: number; readonly found: readonly TextFinding[][] }
  | { readonly id: number; readonly error: string }
