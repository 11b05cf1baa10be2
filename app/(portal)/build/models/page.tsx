import { Box, Download, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery, type ModelDto } from '#lib/models/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { LIFECYCLES, type Lifecycle } from './_components/lifecycle.tsx'
import { ModelsTable } from './_components/models-table.tsx'

export const metadata: Metadata = { title: 'Models' }

type Search = Record<string, string | string[] | undefined>

const MANY = 200

export default function ModelsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const query = tableQueryOf(await searchParams, { filters: ['provider', 'lifecycle', 'capability'] })
    const [models, catalog] = await Promise.all([
      listModels(ctx, queryOf(query)),
      listModels(ctx, ListModelsQuery.parse({ limit: MANY })),
    ])
    const asks = scopeOf(ctx.actor, 'models.request') ? (
      <ButtonLink href="/govern/catalog/requests/new">Ask for a model</ButtonLink>
    ) : null
    const actions = (
      <>
        {asks}
        {scopeOf(ctx.actor, 'models.manage') ? <ManageActions /> : null}
      </>
    )
    const providers = new Map(catalog.data.map(model => [model.providerId, model.providerName]))
    const capabilities = new Set(catalog.data.flatMap(model => model.capabilities))
    return (
      <Page>
        <LiveRefresh topics={['config']} />
        <PageHeader
          title={headline(catalog.data)}
          description="What clients may name in “model”. A model outside the catalog cannot be called."
          actions={actions}
        />
        <ModelsTable
          models={models.data}
          nextCursor={models.nextCursor}
          providers={[...providers].map(([value, label]) => ({ value, label }))}
          capabilities={[...capabilities].sort()}
          empty={<NoModels actions={actions} />}
          note={`${formatCount(models.data.length, 'model')}${models.nextCursor ? ' on this page' : ''}. Prices in force now, per million tokens.`}
        />
      </Page>
    )
  })
}

function ManageActions(): ReactNode {
  return (
    <>
      <ButtonLink href="/build/models/import">
        <Download aria-hidden />
        Import
      </ButtonLink>
      <ButtonLink href="/build/models/new" variant="primary">
        <Plus aria-hidden />
        Add model
      </ButtonLink>
    </>
  )
}

function queryOf({ search, cursor, filters }: ReturnType<typeof tableQueryOf>) {
  const parsed = ListModelsQuery.safeParse({
    providerId: filters.provider?.[0],
    lifecycle: filters.lifecycle?.[0],
    capability: filters.capability?.[0],
    search: search || undefined,
    cursor: cursor ?? undefined,
  })
  return parsed.success ? parsed.data : ListModelsQuery.parse({})
}

function headline(models: readonly ModelDto[]): string {
  if (models.length === 0) return 'The catalog is empty, so no model can be called'
  const count = (...states: Lifecycle[]) => models.filter(model => states.includes(model.lifecycle)).length
  const callable = count('approved', 'restricted', 'deprecated')
  const others = (['deprecated', 'blocked', 'proposed', 'under_review'] as const)
    .filter(state => count(state) > 0)
    .map(state => `${formatNumber(count(state))} ${LIFECYCLES[state].label.toLowerCase()}`)
  const rest = others.length > 0 ? `; ${new Intl.ListFormat('en').format(others)}` : ''
  return `${formatCount(callable, 'model')} can be called${rest}`
}

function NoModels({ actions }: { actions: ReactNode }) {
  return (
    <EmptyState
      icon={<Box />}
      title="No model yet"
      description="Import the shipped list of a provider, with list prices, or add a model by hand."
      action={actions}
    />
  )
}
