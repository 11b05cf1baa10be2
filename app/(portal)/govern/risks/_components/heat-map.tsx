import Link from 'next/link'
import { cn } from '#components/cn.ts'
import { type RiskLevel, riskLevel } from '#core/risks/risk.ts'
import type { RiskDto } from '#lib/risks/schema.ts'
import { IMPACTS, LEVEL_WORDS, LIKELIHOODS } from './risk-words.ts'

export type HeatMapView = 'residual' | 'inherent'

const FILL: Record<RiskLevel, string> = {
  low: 'bg-ok-soft text-ok-text',
  medium: 'bg-info-soft text-info-text',
  high: 'bg-warn-soft text-warn-text',
  critical: 'bg-bad-soft text-bad-text',
}
const GRADES = [1, 2, 3, 4, 5] as const

/** Likelihood against impact: a table whose cells count risks and lead to them, so that it is read and used by keyboard. */
export function HeatMap({
  risks,
  view,
  hrefOf,
}: {
  risks: readonly RiskDto[]
  view: HeatMapView
  hrefOf: (cell: string) => string
}) {
  const cellOf = (risk: RiskDto) =>
    view === 'residual' ? `${risk.residualLikelihood}-${risk.residualImpact}` : `${risk.likelihood}-${risk.impact}`
  const counts = new Map<string, number>()
  for (const risk of risks) counts.set(cellOf(risk), (counts.get(cellOf(risk)) ?? 0) + 1)
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-88 max-w-2xl table-fixed border-separate border-spacing-1 text-center text-sm">
        <caption className="sr-only">
          {view === 'residual' ? 'Residual risks, with their controls' : 'Inherent risks, with nothing done about them'}
          : how many of each likelihood and impact
        </caption>
        <tbody>
          {GRADES.toReversed().map(likelihood => (
            <tr key={likelihood}>
              <th scope="row" className="w-24 pr-2 text-right font-normal text-muted text-xs">
                {LIKELIHOODS[likelihood - 1]}
              </th>
              {GRADES.map(impact => {
                const count = counts.get(`${likelihood}-${impact}`) ?? 0
                const level = riskLevel({ likelihood, impact })
                return (
                  <td
                    key={impact}
                    className={cn('h-11 rounded-md p-0 tabular-nums', FILL[level], count === 0 && 'opacity-45')}
                  >
                    {count === 0 ? (
                      <span className="sr-only">none</span>
                    ) : (
                      <Link
                        href={hrefOf(`${likelihood}-${impact}`)}
                        aria-label={`${count} of likelihood ${likelihood} and impact ${impact}, ${LEVEL_WORDS[level].label.toLowerCase()}`}
                        className="focus-ring flex size-full items-center justify-center rounded-md font-medium hover:underline"
                      >
                        {count}
                      </Link>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
          <tr>
            <td />
            {IMPACTS.map(impact => (
              <th key={impact} scope="col" className="pt-1 font-normal text-muted text-xs">
                {impact}
              </th>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="mt-1 text-muted text-xs">
        Likelihood upwards, impact to the right; each number leads to its risks.
      </p>
    </div>
  )
}
