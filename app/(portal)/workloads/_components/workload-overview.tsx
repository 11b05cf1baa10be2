import Link from 'next/link'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatMoney, formatNumber } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { parseUsd } from '#core/usd.ts'
import { environmentsOf } from '#core/workloads/lifecycle.ts'
import type { BriefDto } from '#lib/briefs/schema.ts'
import type { BoundKey } from '#lib/workloads/belongings.ts'
import type { WorkloadDto } from '#lib/workloads/schema.ts'
import type { WorkloadUsage } from '#lib/workloads/usage.ts'
import { KEY_SCOPE_WORDS } from './workload-words.ts'

const LINK = 'py-1 text-accent-text underline underline-offset-3'

/** What a workload may do, what it costs, and what belongs to it. */
export function WorkloadOverview({
  workload,
  briefs,
  keys,
  usage,
}: {
  workload: WorkloadDto
  briefs: readonly BriefDto[]
  keys: readonly BoundKey[]
  usage: WorkloadUsage | null
}) {
  return (
    <>
      {workload.migrationPlan ? (
        <Callout tone="warn" title="Where its callers go">
          {workload.migrationPlan}
        </Callout>
      ) : null}
      <p className="max-w-2xl">{workload.objective || 'No objective is written down. A brief says what it is for.'}</p>
      {usage ? <Usage workload={workload} usage={usage} /> : null}
      <Section title="What its calls may do">
        <DefinitionList items={termsOf(workload)} />
      </Section>
      <Section title="Keys bound to it" description="Every call with them belongs to it, whatever the caller sends.">
        <Keys keys={keys} />
      </Section>
      {briefs.length > 0 ? (
        <Section title="Briefs">
          <ul className="flex flex-col text-sm">
            {briefs.map(brief => (
              <li key={brief.id} className="flex flex-wrap gap-x-3 py-1">
                <Link href={`/workloads/briefs/${brief.id}`} className={LINK}>
                  {brief.name}
                </Link>
                <span className="py-1 text-muted">
                  {brief.state}, version {brief.version}, by {brief.authorName}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}

function Usage({ workload, usage }: { workload: WorkloadDto; usage: WorkloadUsage }) {
  const rows = `/operate/requests?workload=${encodeURIComponent(workload.slug)}`
  const cost = parseUsd(workload.costUsd ?? '')
  const requests = workload.requests ?? 0
  return (
    <>
      <StatRow>
        <Stat value={formatNumber(requests)} label="calls, 30 days" href={rows} />
        <Stat value={formatMoney(cost)} label="cost, 30 days" href={rows} />
        <Stat value={formatMoney(requests > 0 && cost !== null ? cost / BigInt(requests) : null)} label="a call" />
      </StatRow>
      {usage.budget ? <Burn budget={usage.budget} /> : null}
      <BarChart
        title="What does it cost?"
        subtitle="US dollars a day"
        points={usage.daily.map(({ day, costUsd }, index) => ({
          at: `${day}T00:00:00Z`,
          values: { cost: Number(costUsd) },
          ...(index === usage.daily.length - 1 ? { partial: true } : {}),
        }))}
        series={[{ key: 'cost', label: 'Cost' }]}
        unit="usd"
        bucket="day"
        source={{ name: 'requests of this workload', period: '30 days', asOf: usage.asOf, href: rows }}
      />
    </>
  )
}

function Burn({ budget }: { budget: NonNullable<WorkloadUsage['budget']> }) {
  const ratio = Number(budget.spentUsd) / Number(budget.limitUsd)
  return (
    <Meter
      label={
        <Link href={`/finance/budgets/${budget.id}`} className="underline-offset-3 hover:underline">
          Monthly budget
        </Link>
      }
      ratio={ratio}
      value={`${formatMoney(parseUsd(budget.spentUsd))} of ${formatMoney(parseUsd(budget.limitUsd))}`}
      tone={ratio >= 1 ? 'bad' : ratio >= 0.8 ? 'warn' : 'ok'}
      note="Spent this month. Calls over it are refused with 402."
    />
  )
}

function Keys({ keys }: { keys: readonly BoundKey[] }) {
  if (keys.length === 0) return <p className="text-muted text-sm">None that you may see.</p>
  return (
    <ul className="flex flex-col text-sm">
      {keys.map(({ id, name, hint, environment, personName, expiresAt }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-line border-b py-1.5 last:border-0">
          <Link href={`/build/keys/${id}`} className={LINK}>
            {name}
          </Link>
          <Code>{hint}</Code>
          <span className="text-muted">
            {environment}
            {personName ? `, ${personName}` : ''}, ends <RelativeTime time={expiresAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function termsOf({ slug, lifecycle, keyScope, tier, models, costPerCallUsd }: WorkloadDto) {
  const reached = environmentsOf(lifecycle)
  return [
    { term: 'Callers send', value: <Code>{`x-gatehouse-workload: ${slug}`}</Code> },
    { term: 'Environments', value: reached.length > 0 ? `Keys for ${reached.join(', ')}` : 'None: calls are refused' },
    { term: 'Keys', value: `It takes ${KEY_SCOPE_WORDS[keyScope]}` },
    { term: 'Least tier', value: tier ?? 'The lowest: what each call says' },
    {
      term: 'Cost of a call',
      value: costPerCallUsd
        ? `At most ${formatMoney(parseUsd(costPerCallUsd))}: what could cost more is refused`
        : 'Any',
    },
    {
      term: 'Models',
      value:
        models.length === 0 ? (
          'Every model of the catalog'
        ) : (
          <span className="flex flex-wrap gap-x-3">
            {models.map(({ id, name }) => (
              <Link key={id} href={`/build/models/${id}`} className={LINK}>
                {name}
              </Link>
            ))}
          </span>
        ),
    },
  ]
}
