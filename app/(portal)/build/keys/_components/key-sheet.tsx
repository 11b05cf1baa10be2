import { formatMoney, formatNumber } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { RouteSheet } from '#components/page/route-sheet.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { parseUsd } from '#core/usd.ts'
import { dataSourceChoices } from '#lib/data-sources/queries.ts'
import type { KeyDto } from '#lib/keys/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { KeyActions } from './key-actions.tsx'
import { keyDetails } from './key-details.tsx'
import { keyFacts } from './key-facts.ts'
import { limitsOfKey } from './key-limits.ts'
import { ENVIRONMENT_LABELS, KeyState } from './key-state.tsx'
import { modelChoices } from './model-choices.ts'

/** A key beside the list it came from. */
export async function KeySheet({
  ctx,
  record,
  search,
}: {
  ctx: Context
  record: KeyDto
  search: Record<string, string | string[] | undefined>
}) {
  const [models, sources] = await Promise.all([modelChoices(ctx), dataSourceChoices(ctx)])
  return (
    <RouteSheet
      title={record.name}
      description={`${record.teamName}, ${ENVIRONMENT_LABELS[record.environment].toLowerCase()}`}
      href={`/build/keys/${record.id}`}
      closeHref={listHref(search)}
      footer={
        <>
          <ButtonLink href={`/build/keys/${record.id}`}>Open the key's page</ButtonLink>
          <KeyActions ctx={ctx} record={record} sources={sources} />
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <div>
          <KeyState state={record.state} />
        </div>
        <StatRow>
          <Stat
            value={formatNumber(record.requests)}
            label="requests since it was issued"
            href={`/operate/requests?key=${record.id}`}
          />
          <Stat value={formatMoney(parseUsd(record.costUsd))} label="cost since it was issued" />
          <Stat value={record.lastUsedAt ? <RelativeTime time={record.lastUsedAt} /> : 'Never'} label="last used" />
        </StatRow>
        <Section title="What this key may do">
          <DefinitionList items={keyFacts(limitsOfKey(record), models)} />
        </Section>
        <Section title="About it">
          <DefinitionList items={keyDetails(record, sources)} />
        </Section>
      </div>
    </RouteSheet>
  )
}

function listHref(search: Record<string, string | string[] | undefined>): string {
  const kept = Object.entries(search).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'open',
  )
  return kept.length > 0 ? `/build/keys?${new URLSearchParams(kept)}` : '/build/keys'
}
