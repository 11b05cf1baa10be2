import Link from 'next/link'
import { Suspense } from 'react'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatDuration } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { ROUTE_FACTORS } from '#core/routing/route-options.ts'
import type { RouteDto } from '#lib/routes/schema.ts'
import { CandidateList } from './candidate-list.tsx'
import { explainHref } from './explain-address.ts'
import { callsText, constraintTexts, coversText, FACTORS, OBJECTIVES, typicalModel } from './route-words.ts'
import type { TypicalExplanation } from './typical-explanation.ts'

type Explained = Promise<TypicalExplanation>

/** What a route says, and what a gateway does because of it at this moment. */
export function RouteOverview({ route, explained }: { route: RouteDto; explained: Explained }) {
  const model = typicalModel(route)
  return (
    <>
      {model === null || !route.enabled || route.archivedAt ? null : (
        <Section
          title={`A call of ${model}, now`}
          description="1,000 tokens in, as a running gateway would decide it"
          actions={
            <Link href={hrefFor(route, model)} className="py-1 text-accent-text underline-offset-3 hover:underline">
              Explain another request
            </Link>
          }
        >
          <Suspense fallback={<p className="text-muted text-sm">Asking a gateway.</p>}>
            <Now explained={explained} />
          </Suspense>
        </Section>
      )}
      <Section title="What it says">
        <DefinitionList items={factsOf(route)} />
      </Section>
      {route.objective === 'balanced' ? <Weights route={route} /> : null}
    </>
  )
}

async function Now({ explained }: { explained: Explained }) {
  const answer = await explained
  if (answer === 'unasked' || answer === 'unknown') {
    return <p className="text-muted text-sm">No gateway answers, so what it would do is not known.</p>
  }
  return (
    <>
      <p className="text-sm">{answer.message}</p>
      <CandidateList candidates={answer.candidates} />
    </>
  )
}

function factsOf(route: RouteDto) {
  const { models, objective, failover, attemptTimeoutMs, callableAs } = route
  const patience = attemptTimeoutMs === null ? 'as long as the caller waits' : formatDuration(attemptTimeoutMs)
  return [
    { term: 'Decides for', value: `${coversText(route)}: ${callsText(route)}` },
    ...(callableAs === null ? [] : [{ term: 'Called as', value: <Code>{callableAs}</Code> }]),
    { term: 'May choose', value: models.length > 0 ? <ModelLinks models={models} /> : 'Only the model asked for' },
    { term: 'Prefers', value: `${OBJECTIVES[objective].label}. ${OBJECTIVES[objective].help}` },
    { term: 'Bounds', value: constraintTexts(route).join(' · ') || 'None besides the tier of the data' },
    { term: 'When one fails', value: failover ? 'The next is called in the same request' : 'The caller is told' },
    { term: 'Patience', value: `${patience} with each candidate` },
  ]
}

function ModelLinks({ models }: { models: RouteDto['models'] }) {
  return (
    <ol className="flex flex-wrap gap-x-3">
      {models.map(({ id, name }, index) => (
        <li key={id}>
          {index + 1}{' '}
          <Link href={`/build/models/${id}`} className="inline-block py-0.5 underline-offset-3 hover:underline">
            {name}
          </Link>
        </li>
      ))}
    </ol>
  )
}

function Weights({ route: { weights, updatedAt } }: { route: RouteDto }) {
  const sum = ROUTE_FACTORS.reduce((total, factor) => total + weights[factor], 0)
  return (
    <BarChart
      title="How much does each factor count?"
      subtitle="share of a candidate's score"
      points={ROUTE_FACTORS.map(factor => ({
        at: FACTORS[factor].label,
        values: { weight: sum > 0 ? weights[factor] / sum : 0 },
      }))}
      series={[{ key: 'weight', label: 'Weight' }]}
      unit="percent"
      bucket="category"
      source={{ name: 'this route', period: 'as set', asOf: updatedAt }}
    />
  )
}

function hrefFor({ scope, target }: RouteDto, model: string): string {
  const whose = scope === 'team' ? { team: target ?? '' } : scope === 'workload' ? { workload: target ?? '' } : {}
  return explainHref({ model, ...whose })
}
