import Link from 'next/link'
import { formatDuration, formatMoney, formatPercent } from '#components/format.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { ExplainedCandidate } from '#core/routing/explanation.ts'
import { CircuitBadge } from './circuit-badge.tsx'
import { ORIGINS } from './route-words.ts'

/** Every candidate in the order it would be tried, with why; those left out last, with each reason against them. */
export function CandidateList({ candidates }: { candidates: readonly ExplainedCandidate[] }) {
  return (
    <ol aria-label="Candidates" className="flex flex-col">
      {candidates.map(candidate => (
        <li
          key={candidate.modelId}
          className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-2 border-line border-b py-3 text-sm last:border-0"
        >
          <Place position={candidate.position} />
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Link
                href={`/build/models/${candidate.modelId}`}
                className="py-0.5 font-medium underline-offset-3 hover:underline"
              >
                {candidate.identifier}
              </Link>
              <span className="text-muted">{[candidate.provider, candidate.region].filter(Boolean).join(', ')}</span>
              <Badge icon={null}>{ORIGINS[candidate.origin]}</Badge>
              {candidate.circuit === 'closed' ? null : <CircuitBadge circuit={candidate.circuit} />}
            </p>
            {candidate.position === null ? (
              <ul className="mt-0.5 text-muted">
                {candidate.leftOut.map(({ code, message }) => (
                  <li key={code}>{sentence(message)}</li>
                ))}
              </ul>
            ) : (
              <p className="mt-0.5 text-muted">{candidate.message}</p>
            )}
            {candidate.exemptions.map(({ id, name }) => (
              <p key={id} className="mt-0.5 text-muted">
                Let on by the exemption{' '}
                <Link
                  href={`/govern/exemptions/${id}`}
                  className="py-0.5 text-accent-text underline underline-offset-3"
                >
                  {name}
                </Link>
              </p>
            ))}
            <p className="mt-0.5 text-muted text-xs tabular-nums">{figures(candidate)}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Place({ position }: { position: number | null }) {
  if (position === null) return <span className="text-muted text-xs">out</span>
  return (
    <span
      className={
        position === 1
          ? 'grid size-6 place-items-center rounded-full bg-accent-soft font-medium text-accent-text'
          : 'grid size-6 place-items-center rounded-full bg-hover text-muted'
      }
    >
      {position}
    </span>
  )
}

function figures({ mostCostNanoUsd, parts, latencyMs, errorRate, score, translatedTo }: ExplainedCandidate): string {
  const expected = parts.find(part => part.factor === 'cost')?.measured ?? null
  return [
    ...(expected === null ? [] : [`expected to cost ${formatMoney(BigInt(Math.round(expected)))}`]),
    mostCostNanoUsd === null ? 'no price' : `costs at most ${formatMoney(mostCostNanoUsd)}`,
    latencyMs === null ? 'wait not measured' : `waits ${formatDuration(latencyMs)}`,
    ...(errorRate === null ? [] : [`${formatPercent(errorRate, 1)} errors`]),
    ...(score === null ? [] : [`score ${score.toFixed(2)}`]),
    ...(translatedTo === null ? [] : [`translated to ${translatedTo}`]),
  ].join(' · ')
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}
