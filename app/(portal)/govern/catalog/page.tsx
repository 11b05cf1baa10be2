import { Box, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { isForEverybody } from '#core/catalog/only-for.ts'
import { isCallableStage } from '#core/catalog/terms-of-use.ts'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery, type ModelDto } from '#lib/models/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { CatalogTabs } from './_components/catalog-tabs.tsx'
import { forWhom } from './_components/for-whom.ts'
import { openRequests } from './_components/open-requests.ts'
import { RegisterTable } from './_components/register-table.tsx'

export const metadata: Metadata = { title: 'Catalog' }

const MANY = 200

type Search = Record<string, string | string[] | undefined>

export default function CatalogPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const query = tableQueryOf(await searchParams, { filters: ['provider', 'lifecycle'] })
    const [shown, catalog, teams, open] = await Promise.all([
      listModels(ctx, queryOf(query)),
      listModels(ctx, ListModelsQuery.parse({ limit: MANY })),
      listTeams(ctx, ListTeamsQuery.parse({ limit: MANY })),
      openRequests(ctx),
    ])
    const teamNames = new Map(teams.data.map(({ id, name }) => [id, name]))
    const providers = new Map(catalog.data.map(model => [model.providerId, model.providerName]))
    const ask = scopeOf(ctx.actor, 'models.request') ? <AskForModel /> : null
    return (
      <Page>
        <LiveRefresh topics={['config', 'approvals']} />
        <PageHeader
          title={headline(catalog.data)}
          description="What may be called, until when, for what data and by whom. The gateways keep to it within a second."
          actions={ask}
        />
        <CatalogTabs open={open} />
        <RegisterTable
          models={shown.data.map(model => ({ ...model, forWhom: forWhom(model.onlyFor, teamNames) }))}
          nextCursor={shown.nextCursor}
          providers={[...providers].map(([value, label]) => ({ value, label }))}
          empty={
            <EmptyState
              icon={<Box />}
              title="The catalog is empty"
              description="Operations import the shipped list of a provider; everybody who builds may ask for a model."
              action={ask}
            />
          }
          note={`${formatCount(shown.data.length, 'model')}${shown.nextCursor ? ' on this page' : ''}. Known: the share of its metadata that is filled in.`}
        />
      </Page>
    )
  })
}

function AskForModel() {
  return (
    <ButtonLink href="/govern/catalog/requests/new" variant="primary">
      <Plus aria-hidden />
      Ask for a model
    </ButtonLink>
  )
}

function queryOf({ search, cursor, filters }: ReturnType<typeof tableQueryOf>) {
  const parsed = ListModelsQuery.safeParse({
    providerId: filters.provider?.[0],
    lifecycle: filters.lifecycle?.[0],
    search: search || undefined,
    cursor: cursor ?? undefined,
  })
  return parsed.success ? parsed.data : ListModelsQuery.parse({})
}

function headline(models: readonly ModelDto[]): string {
  const callable = models.filter(({ lifecycle }) => isCallableStage(lifecycle))
  if (callable.length === 0) return 'No model may be called yet'
  const bound = callable.filter(({ onlyFor }) => !isForEverybody(onlyFor)).length
  const complete = callable.filter(({ completeness }) => completeness.missing.length === 0).length
  const restricted = bound > 0 ? `, ${formatNumber(bound)} of them for named users only` : ''
  return `${formatCount(callable.length, 'model')} may be called${restricted}; ${formatNumber(complete)} are fully described`
}
