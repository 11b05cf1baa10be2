import { Plug, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listProviders } from '#lib/providers/queries.ts'
import { ListProvidersQuery, type ProviderDto } from '#lib/providers/schema.ts'
import { usageSummary } from '#lib/usage/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ProvidersTable } from './_components/providers-table.tsx'

export const metadata: Metadata = { title: 'Providers' }

type Search = Record<string, string | string[] | undefined>

export default function ProvidersPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const { search, cursor, filters } = tableQueryOf(await searchParams, { filters: ['kind', 'enabled'] })
    const parsed = ListProvidersQuery.safeParse({
      search: search || undefined,
      cursor: cursor ?? undefined,
      kind: filters.kind?.[0],
      enabled: filters.enabled?.[0],
    })
    const [providers, all, requests] = await Promise.all([
      listProviders(ctx, parsed.success ? parsed.data : ListProvidersQuery.parse({})),
      listProviders(ctx, ListProvidersQuery.parse({ limit: 200 })),
      requestsByProvider(ctx),
    ])
    const add =
      scopeOf(ctx.actor, 'providers.manage') === null ? null : (
        <ButtonLink href="/admin/providers/new" variant="primary">
          <Plus aria-hidden />
          Add provider
        </ButtonLink>
      )
    return (
      <Page>
        <LiveRefresh topics={['config']} />
        <PageHeader
          title={headline(all.data)}
          description="Credentials are sealed at once and shown by nothing; gateways hold them in memory."
          actions={add}
        />
        <ProvidersTable
          providers={providers.data.map(provider => ({ ...provider, requests: requests.get(provider.id) ?? 0 }))}
          nextCursor={providers.nextCursor}
          empty={
            <EmptyState
              icon={<Plug />}
              title="No provider yet"
              description="Add one with its credential, test the connection, then take its models into the catalog."
              action={add}
            />
          }
          note={`${formatCount(providers.data.length, 'provider')}${providers.nextCursor ? ' on this page' : ''}, newest first`}
        />
      </Page>
    )
  })
}

async function requestsByProvider(ctx: Context): Promise<Map<string | null, number>> {
  const { data } = await usageSummary(ctx, { groupBy: 'provider' })
  return new Map(data.map(row => [row.key, row.requests]))
}

function headline(providers: readonly ProviderDto[]): string {
  if (providers.length === 0) return 'No provider answers calls yet'
  const used = providers.filter(({ enabled }) => enabled)
  const failing = used.filter(({ lastTest }) => lastTest && !lastTest.ok)
  const count = `${formatNumber(used.length)} ${used.length === 1 ? 'provider is' : 'providers are'} in use`
  if (failing.length === 0) return count
  return `${count}; the last test of ${failing.map(({ name }) => name).join(' and ')} failed`
}
