import Link from 'next/link'
import { formatDate, formatPercent, unknownText } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import { factName, fixHref } from './fact-names.ts'

/** The terms of a model's use, what its provider does with data, and what is not known of it yet. */
export function ModelTermsView({
  model,
  whom,
  names,
  manages,
}: {
  model: ModelDetailDto
  whom: string
  /** What clients call the models that stand in for it, by id. */
  names: ReadonlyMap<string, string>
  manages: boolean
}) {
  const { providerEnd, sunsetAt } = model
  return (
    <>
      {providerEnd && (!sunsetAt || sunsetAt.slice(0, 10) > providerEnd.on) ? (
        <Callout tone="warn" title={`Its provider ends it on ${formatDate(providerEnd.on)}`}>
          No sunset is set before that, so nobody who uses it is told. Source: {providerEnd.source}
        </Callout>
      ) : null}
      <Section title="Terms of its use" description="The gateways keep to these.">
        <DefinitionList
          items={[
            { term: 'For', value: whom },
            { term: 'Classes of data', value: model.tiers.join(', ') || 'None approved yet' },
            { term: 'Sunset', value: sunsetAt ? formatDate(sunsetAt) : 'None is set' },
            { term: 'Stands in', value: model.substitutes.map(one => names.get(one.modelId)).join(', ') || 'Nobody' },
            ...(model.restrictions ? [{ term: 'In words', value: model.restrictions }] : []),
          ]}
        />
      </Section>
      <Section title="What is known of it" description="What decisions rest on.">
        <DefinitionList
          items={[
            { term: 'Lineage', value: model.lineage || unknownText },
            { term: 'Kept by provider', value: retentionText(model.retentionDays) },
            { term: 'Training', value: trainingText(model.trainingOptOut) },
            {
              term: 'Provider ends it',
              value: providerEnd ? `${formatDate(providerEnd.on)}: ${providerEnd.source}` : 'Not announced',
            },
            { term: 'Review by', value: model.reviewBy ? formatDate(model.reviewBy) : unknownText },
          ]}
        />
      </Section>
      <Missing model={model} manages={manages} />
    </>
  )
}

function Missing({ model, manages }: { model: ModelDetailDto; manages: boolean }) {
  const { known, of, missing } = model.completeness
  if (missing.length === 0) return null
  return (
    <Section
      title={`${formatPercent(known / of)} of its metadata is known`}
      description="Missing, with where to fill it in:"
    >
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {missing.map(fact => (
          <li key={fact}>
            {manages ? (
              <Link className="text-accent-text underline underline-offset-3" href={fixHref(model.id, fact)}>
                {factName(fact)}
              </Link>
            ) : (
              factName(fact)
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function retentionText(days: number | null): string {
  if (days === null) return unknownText
  return days === 0 ? 'Nothing' : `${days} days`
}

function trainingText(optOut: boolean | null): string {
  if (optOut === null) return unknownText
  return optOut ? 'The provider has agreed not to train with it' : 'The provider may train with it'
}
