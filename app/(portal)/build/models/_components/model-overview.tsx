import Link from 'next/link'
import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatNumber, unknownText } from '#components/format.ts'
import { type Definition, DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { isForEverybody } from '#core/catalog/only-for.ts'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import type { UsageSeriesDto } from '#lib/usage/queries.ts'
import { factName } from '../../../govern/catalog/_components/fact-names.ts'
import { usagePoints, usageSeriesLabels } from '../../_components/usage-points.ts'
import { ModelPrices } from './model-prices.tsx'
import { ModelSubstitutes } from './model-substitutes.tsx'

/** What is known of a model, what it costs, and how much it is used. */
export function ModelOverview({
  model,
  series,
  names,
}: {
  model: ModelDetailDto
  series: UsageSeriesDto
  /** What clients call the models that stand in for it, by id. */
  names: ReadonlyMap<string, string>
}) {
  const { missing } = model.completeness
  return (
    <>
      {model.restrictions ? (
        <Callout tone="warn" title="Restrictions">
          {model.restrictions}
        </Callout>
      ) : null}
      <Section
        title="What it is"
        description={
          missing.length > 0 ? `Not known yet: ${new Intl.ListFormat('en').format(missing.map(factName))}` : undefined
        }
      >
        <DefinitionList items={factsOf(model)} />
      </Section>
      <ModelSubstitutes model={model} names={names} />
      <ModelPrices prices={model.prices} />
      <BarChart
        title="How much is it used?"
        subtitle="requests a day, within your reach"
        points={usagePoints(series, point => point.requests)}
        series={usageSeriesLabels(series).map(each => ({ ...each, label: 'Requests' }))}
        unit="count"
        bucket="day"
        source={{
          name: 'requests to this model',
          period: '30 days',
          asOf: series.asOf,
          href: `/operate/requests?model=${model.id}`,
        }}
      />
    </>
  )
}

function factsOf(model: ModelDetailDto): Definition[] {
  const listed = (names: readonly string[]) => names.map(name => name.replaceAll('_', ' ')).join(', ') || unknownText
  return [
    { term: 'Identifier', value: <Code>{model.identifier}</Code> },
    { term: 'Aliases', value: model.aliases.length > 0 ? <Code>{model.aliases.join(', ')}</Code> : 'None' },
    { term: 'Provider', value: model.providerName },
    { term: 'Upstream name', value: <Code>{model.upstreamModel}</Code> },
    { term: 'Wires', value: listed(model.dialects) },
    { term: 'Capabilities', value: listed(model.capabilities) },
    { term: 'Modalities', value: listed(model.modalities) },
    { term: 'Context window', value: tokensText(model.contextWindow) },
    { term: 'Longest answer', value: tokensText(model.maxOutputTokens) },
    { term: 'Classes of data', value: model.tiers.join(', ') || 'None approved yet' },
    { term: 'Regions', value: listed(model.regions) },
    ...(isForEverybody(model.onlyFor) ? [] : [{ term: 'Restricted', value: <OnlyForWords model={model} /> }]),
  ]
}

/** What a caller has to send; which teams may call it stands with its terms. */
function OnlyForWords({ model }: { model: ModelDetailDto }) {
  const { useCases, teamIds, workloads } = model.onlyFor
  const parts = [
    useCases.length > 0 ? `x-gatehouse-use-case: ${useCases.join(' or ')}` : null,
    workloads.length > 0 ? `x-gatehouse-workload: ${workloads.join(' or ')}` : null,
    teamIds.length > 0 ? 'keys of certain teams' : null,
  ]
  return <Link href={`/govern/catalog/${model.id}`}>Only {parts.filter(part => part !== null).join(', ')}</Link>
}

function tokensText(tokens: number | null): string {
  return tokens === null ? unknownText : `${formatNumber(tokens)} tokens`
}
