'use client'

import { StackedBarChart } from '#components/charts/bar-chart.tsx'
import type { RouteExplanation } from '#core/routing/explanation.ts'
import { ROUTE_FACTORS } from '#core/routing/route-options.ts'
import { FACTORS } from './route-words.ts'

/** What each candidate's score is made of: the value of each factor times its weight. */
export function ScoreChart({ explanation }: { explanation: RouteExplanation }) {
  const scored = explanation.candidates.filter(candidate => candidate.parts.length > 0)
  const factors = ROUTE_FACTORS.filter(factor =>
    scored.some(({ parts }) => parts.some(part => part.factor === factor && part.weight > 0)),
  )
  if (scored.length < 2) return null
  return (
    <StackedBarChart
      title="What puts the winner first?"
      subtitle="share of the best possible score"
      points={scored.map(({ identifier, parts }) => ({
        at: identifier,
        values: Object.fromEntries(
          factors.map(factor => {
            const part = parts.find(each => each.factor === factor)
            return [factor, part ? part.value * part.weight : 0]
          }),
        ),
      }))}
      series={factors.map(factor => ({ key: factor, label: FACTORS[factor].label }))}
      unit="percent"
      bucket="category"
      height={170}
      source={{
        name: explanation.replica ? `gateway ${explanation.replica.name}` : 'no measurement',
        period: 'this moment',
        asOf: explanation.at,
      }}
    />
  )
}
