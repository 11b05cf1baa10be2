import type { FactName } from './facts.ts'

export const STAGES = [1, 2, 3] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_NAMES: Readonly<Record<Stage, string>> = { 1: 'Foundation', 2: 'Operational', 3: 'Optimized' }

export const LAYERS = ['governance', 'gateway', 'operations', 'workloads', 'agents'] as const
export type Layer = (typeof LAYERS)[number]

export const LAYER_NAMES: Readonly<Record<Layer, string>> = {
  governance: 'Governance',
  gateway: 'Gateway',
  operations: 'Operations',
  workloads: 'Workloads',
  agents: 'Agent security',
}

/** One thing that has to hold; a criterion is met when all of its parts are. */
export type CriterionPart =
  | {
      readonly by: 'fact'
      readonly fact: FactName
      readonly operator: '>=' | '<=' | '='
      readonly value: number
      /** How many of the newest complete periods have to pass, one after another. */
      readonly consecutive?: number
    }
  /** What no record can show: a person says so, with evidence, for a time. */
  | { readonly by: 'attestation'; readonly statement: string; readonly freshDays: number }
  /** Every exit criterion of another stage's layer. */
  | { readonly by: 'criteria'; readonly stage: Stage; readonly layer: Layer }

export interface CriterionData {
  /** `S2.L1.X3`: stage, layer, entry (E) or exit (X), place in the list. */
  readonly id: string
  readonly stage: Stage
  readonly layer: Layer
  readonly kind: 'entry' | 'exit'
  readonly text: string
  readonly parts: readonly CriterionPart[]
  /** What moves it; null where others have to be met first. `href` null: on the criterion's own page. */
  readonly next: { readonly text: string; readonly href: string | null } | null
}
