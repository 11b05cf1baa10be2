import { expect, test } from 'vitest'
import { CRITERIA, exitCriteria, findCriterion } from './criteria.ts'
import { LAYERS, STAGES } from './criterion.ts'

test('there are 54 exit criteria and 37 entry criteria, each under its own id', () => {
  const counts = (kind: string) =>
    STAGES.map(stage =>
      LAYERS.map(
        layer => CRITERIA.filter(each => each.kind === kind && each.stage === stage && each.layer === layer).length,
      ),
    )
  expect(counts('exit')).toEqual([
    [4, 4, 3, 0, 0],
    [4, 4, 4, 4, 3],
    [4, 4, 5, 5, 6],
  ])
  expect(counts('entry')).toEqual([
    [3, 3, 1, 0, 0],
    [3, 3, 3, 3, 3],
    [3, 3, 3, 3, 3],
  ])
  expect(new Set(CRITERIA.map(({ id }) => id)).size).toBe(91)
})

test.each(CRITERIA)('$id stands where its id says, and says what moves it', criterion => {
  const { id, stage, layer, kind, parts, next } = criterion
  expect(id).toMatch(new RegExp(`^S${stage}\\.L${LAYERS.indexOf(layer) + 1}\\.${kind === 'exit' ? 'X' : 'E'}\\d$`))
  expect(findCriterion(id)).toBe(criterion)
  expect(parts.length).toBeGreaterThan(0)
  const others = parts.filter(part => part.by === 'criteria')
  expect(next === null).toBe(others.length === parts.length)
  for (const other of others) expect(exitCriteria(other.stage, other.layer).length).toBeGreaterThan(0)
})
