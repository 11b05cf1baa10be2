import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { RouteExplanation } from '#core/routing/explanation.ts'
import type { Context } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { explainRouting } from '#lib/routes/explain-routing.ts'
import type { RoutingExplanationDto } from '#lib/routes/explain-schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { CandidateList } from '../_components/candidate-list.tsx'
import { type ExplainQuestion, questionInput, questionOf } from '../_components/explain-address.ts'
import { ExplainForm } from '../_components/explain-form.tsx'
import { HealthTable } from '../_components/health-table.tsx'
import { routeChoices } from '../_components/route-choices.ts'
import { ScoreChart } from '../_components/score-chart.tsx'

export const metadata: Metadata = { title: 'Explain a request' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default function ExplainPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const question = questionOf(await searchParams)
    const [choices, answer] = await Promise.all([routeChoices(ctx), answerOf(ctx, question)])
    return (
      <Page>
        <LiveRefresh topics={['config', 'fleet']} />
        <PageCrumb label="Explain a request" />
        <PageHeader
          title={titleOf(answer)}
          description="A running gateway decides it as it would decide the call, with what it has measured. Nothing is called."
        />
        <Section title="The request" boxed>
          <ExplainForm key={JSON.stringify(question)} initial={question} choices={choices} />
        </Section>
        {answer === null ? null : 'problem' in answer ? (
          <Callout tone="bad" title="This request cannot be explained">
            {answer.problem}
          </Callout>
        ) : (
          <Answer answer={answer} />
        )}
      </Page>
    )
  })
}

type Asked = RoutingExplanationDto | { problem: string } | null

async function answerOf(ctx: Context, question: ExplainQuestion): Promise<Asked> {
  if (question.model === '') return null
  try {
    return await explainRouting({ ctx, input: questionInput(question) })
  } catch (error) {
    if (error instanceof DomainError && error.kind !== 'permission_denied') return { problem: error.message }
    throw error
  }
}

function titleOf(answer: Asked): string {
  if (answer === null) return 'Which model would answer, and why?'
  if ('problem' in answer || !answer.explanation) return 'What a gateway would do is not known'
  const { candidates, winnerId } = answer.explanation
  const winner = candidates.find(candidate => candidate.modelId === winnerId)
  if (!winner) return 'The call would be refused'
  return `${winner.identifier} would answer${winner.provider ? `, at ${winner.provider}` : ''}`
}

function Answer({ answer: { explanation, health, silent, tierBounds } }: { answer: RoutingExplanationDto }) {
  if (!explanation) {
    return (
      <Callout tone="warn" title="No gateway answers">
        What one would do depends on what it has measured. Start one, or see the fleet page for what became of them.
      </Callout>
    )
  }
  const { candidates, refusal, message } = explanation
  const taken = candidates.filter(candidate => candidate.position !== null).length
  const names = new Map(candidates.map(({ modelId, identifier }) => [modelId, identifier]))
  return (
    <>
      <Callout tone={refusal ? 'bad' : 'ok'} title={refusal ? `${refusal.status} ${refusal.code}` : undefined}>
        {message}
      </Callout>
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]">
        <Section
          title={`${formatCount(taken, 'candidate')} of ${candidates.length} could be called`}
          description="In the order they would be tried"
        >
          <CandidateList candidates={candidates} />
        </Section>
        <div className="flex flex-col gap-8">
          <ScoreChart explanation={explanation} />
          <Decided explanation={explanation} tierBounds={tierBounds} />
        </div>
      </div>
      <Section
        title="How they do at each gateway"
        description={silent.length > 0 ? `Asked and silent: ${silent.join(', ')}` : 'As each has measured it'}
      >
        <HealthTable rows={health.map(row => ({ ...row, identifier: names.get(row.modelId) ?? row.modelId }))} />
      </Section>
    </>
  )
}

function Decided({
  explanation,
  tierBounds,
}: {
  explanation: RouteExplanation
  tierBounds: RoutingExplanationDto['tierBounds']
}) {
  const { route, otherRoutes, dataSources, replica, at, configVersion } = explanation
  return (
    <Section title="What decided this">
      <ul className="flex flex-col gap-1.5 text-sm">
        <li>
          {route ? (
            <>
              Route{' '}
              <Link
                href={`/operate/routes/${route.id}`}
                className="inline-block py-0.5 font-medium underline-offset-3 hover:underline"
              >
                {route.name}
              </Link>
              , version {route.version}
            </>
          ) : (
            'No route covers the request'
          )}
        </li>
        {otherRoutes.map(other => (
          <li key={other.id} className="text-muted">
            Not {other.name}: {other.message}
          </li>
        ))}
        <li className="text-muted">{tierText(tierBounds)}</li>
        {dataSources.map(source => (
          <li key={source.slug} className="text-muted">
            {sourceText(source)}
          </li>
        ))}
        <li className="text-muted">
          Asked {replica ? `${replica.name}${replica.region ? ` in ${replica.region}` : ''}` : 'a gateway'} at{' '}
          {formatDateTime(at)}, configuration v{configVersion}
        </li>
      </ul>
    </Section>
  )
}

function tierText(bounds: RoutingExplanationDto['tierBounds']): string {
  if (!bounds) return 'The organization has no tiers'
  const { name, regions, providers } = bounds
  const list = new Intl.ListFormat('en', { type: 'disjunction' })
  const where = regions.length > 0 ? `only in ${list.format(regions)}` : 'in any region'
  const who = providers.length > 0 ? `only to ${list.format(providers)}` : 'to every approved provider'
  return `${name} data may go ${where}, ${who}`
}

function sourceText({ name, tier, regions }: RouteExplanation['dataSources'][number]): string {
  const where = regions.length > 0 ? `, and stays in ${new Intl.ListFormat('en').format(regions)}` : ''
  return `It uses ${name}, which is ${tier}${where}`
}
