import type { CriterionData, Layer, Stage } from './criterion.ts'
import { STAGE_ONE } from './stage-one.ts'
import { STAGE_THREE } from './stage-three.ts'
import { STAGE_TWO } from './stage-two.ts'

/** Every criterion of every stage, in order. */
export const CRITERIA: readonly CriterionData[] = [...STAGE_ONE, ...STAGE_TWO, ...STAGE_THREE]

const BY_ID: ReadonlyMap<string, CriterionData> = new Map(CRITERIA.map(criterion => [criterion.id, criterion]))

/** The criterion of this id; undefined when there is none. */
export function findCriterion(id: string): CriterionData | undefined {
  return BY_ID.get(id)
}

/** What has to be met to leave a stage; with a layer, of that layer only. */
export function exitCriteria(stage: Stage, layer?: Layer): CriterionData[] {
  return CRITERIA.filter(
    each => each.kind === 'exit' && each.stage === stage && (layer === undefined || each.layer === layer),
  )
}
