import { Layers } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { dataCoverage, listDataSources, ownerChoices } from '#lib/data-sources/queries.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTiers, tierHistory } from '#lib/tiers/queries.ts'
import { tierMatrix } from '#lib/tiers/tier-matrix.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { InstallGuardrails } from '../../operate/guardrails/_components/install-guardrails.tsx'
import { DataSources } from './_components/data-sources.tsx'
import { EditTier } from './_components/edit-tier.tsx'
import { TierHistory } from './_components/tier-history.tsx'
import { TierMatrix } from './_components/tier-matrix.tsx'
import { TiersTable } from './_components/tiers-table.tsx'

export const metadata: Metadata = { title: 'Classification' }

type Props = { searchParams: Promise<{ tier?: string }> }

export default function ClassificationPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const manages = scopeOf(ctx.actor, 'guardrails.manage') !== null
    const [tiers, sources, coverage, people, matrix, { tier: opened }] = await Promise.all([
      listTiers(ctx),
      listDataSources(ctx),
      dataCoverage(ctx),
      manages ? ownerChoices(ctx) : [],
      tierMatrix(ctx),
      searchParams,
    ])
    const highest = tiers.at(-1)
    const shown = tiers.find(({ id }) => id === opened) ?? highest
    return (
      <Page>
        <LiveRefresh topics={['config']} />
        <PageHeader
          title={
            tiers.length === 0
              ? 'Data is not classified yet'
              : `Data is classified in ${formatCount(tiers.length, 'tier')}`
          }
          description="A request has the highest tier that its key, its data, its caller or its content gives it, and goes only to models approved for that tier."
          actions={manages && tiers.length > 0 ? <EditTier nextRank={(highest?.rank ?? 0) + 10} /> : null}
        />
        {tiers.length === 0 ? (
          <EmptyState
            icon={<Layers />}
            title="No tier yet"
            description="Begin with Public, Internal and Restricted, and a rule for every detector. All of it can be changed."
            action={manages ? <InstallGuardrails /> : null}
          />
        ) : (
          <>
            <TiersTable tiers={tiers} manages={manages} />
            <TierMatrix matrix={matrix} />
            {shown ? <TierHistory tiers={tiers} shown={shown} versions={await tierHistory(ctx, shown.id)} /> : null}
            <DataSources
              sources={sources}
              coverage={coverage}
              tiers={tiers.map(tier => tier.name)}
              people={people}
              manages={manages}
            />
          </>
        )}
      </Page>
    )
  })
}
