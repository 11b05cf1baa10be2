import { exitCriteria } from './criteria.ts'
import { LAYERS, type Layer, type Stage } from './criterion.ts'
import type { CriterionResult } from './evaluate.ts'

/** Results that let an organization go on: met, or excused by a decision. */
export function lets(result: Pick<CriterionResult, 'state'>): boolean {
  return result.state === 'met' || result.state === 'exempt'
}

/** How many exit criteria of a stage are met or excused, by layer; layers that the stage does not know are left out. */
export function tally(
  stage: Stage,
  results: ReadonlyMap<string, CriterionResult>,
): { layer: Layer; met: number; exempt: number; of: number }[] {
  return LAYERS.map(layer => {
    const states = exitCriteria(stage, layer).map(each => results.get(each.id)?.state)
    const times = (state: string) => states.filter(each => each === state).length
    return { layer, met: times('met'), exempt: times('exempt'), of: states.length }
  }).filter(({ of }) => of > 0)
}

/** What keeps an organization from leaving a stage: the exit criteria that are neither met nor excused. */
export function obstacles(stage: Stage, results: ReadonlyMap<string, CriterionResult>): CriterionResult[] {
  return exitCriteria(stage).flatMap(each => {
    const result = results.get(each.id)
    return result && !lets(result) ? [result] : []
  })
}

/**
 * Obstacles in the order in which to take them: lower layers first where higher ones build on them, within a layer
 * what is nearest to being met, and what a record can show before what only a person can say.
 */
export function nextMoves(stage: Stage, results: ReadonlyMap<string, CriterionResult>): CriterionResult[] {
  const layerOf = new Map(exitCriteria(stage).map(each => [each.id, LAYERS.indexOf(each.layer)]))
  const attested = (result: CriterionResult) =>
    result.parts.some(part => part.state !== 'met' && part.part.by === 'attestation') ? 1 : 0
  return obstacles(stage, results).sort(
    (a, b) =>
      (layerOf.get(a.id) ?? 0) - (layerOf.get(b.id) ?? 0) ||
      attested(a) - attested(b) ||
      b.progress - a.progress ||
      a.id.localeCompare(b.id),
  )
}
