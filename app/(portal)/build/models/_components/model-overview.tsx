import { BarChart } from '#components/charts/bar-chart.tsx'
import { formatNumber, unknownText } from '#components/format.ts'
import { type Definition, DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import type { UsageSeriesDto } from '#lib/usage/queries.ts'
import { usagePoints, usageSeriesLabels } from '../../_components/usage-points.ts'
import { ModelPrices } from './model-prices.tsx'
import { ModelSubstitutes } from './model-substitutes.tsx'

const FACT_NAMES: Record<string, string> = {
  capabilities: 'capabilities',
  modalities: 'modalities',
  contextWindow: 'context window',
  maxOutputTokens: 'longest answer',
  tiers: 'classes of data',
  regions: 'regions',
  inputPrice: 'input price',
  outputPrice: 'output price',
}

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
          missing.length > 0
            ? `Not known yet: ${new Intl.ListFormat('en').format(missing.map(name => FACT_NAMES[name] ?? name))}`
            : undefined
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
  ]
}

function tokensText(tokens: number | null): string {
  return tokens === null ? unknownText : `${formatNumber(tokens)} tokens`
}
