import { KeySquare, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { portalUrl } from '#lib/platform/addresses.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listServiceTokens } from '#lib/service-tokens/queries.ts'
import { ListServiceTokensQuery, type ServiceTokenDto } from '#lib/service-tokens/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { TokensTable } from './_components/tokens-table.tsx'

export const metadata: Metadata = { title: 'Service tokens' }

type Search = Record<string, string | string[] | undefined>

export default function ServiceTokensPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const { search, cursor, filters } = tableQueryOf(await searchParams, { filters: ['state'] })
    const parsed = ListServiceTokensQuery.safeParse({
      search: search || undefined,
      cursor: cursor ?? undefined,
      state: filters.state?.[0],
    })
    const [tokens, active] = await Promise.all([
      listServiceTokens(ctx, parsed.success ? parsed.data : ListServiceTokensQuery.parse({})),
      listServiceTokens(ctx, ListServiceTokensQuery.parse({ state: 'active', limit: 200 })),
    ])
    const mayManage = scopeOf(ctx.actor, 'serviceTokens.manage') !== null
    const add = mayManage ? (
      <ButtonLink href="/admin/service-tokens/new" variant="primary">
        <Plus aria-hidden />
        Issue a token
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['keys']} />
        <PageHeader
          title={headline(active.data)}
          description="For machines that call the REST API of this portal. A token acts on the whole organization, within its permissions; it calls no model."
          actions={add}
        />
        <TokensTable
          tokens={tokens.data}
          nextCursor={tokens.nextCursor}
          mayRevoke={mayManage}
          empty={
            <EmptyState
              icon={<KeySquare />}
              title="No service token yet"
              description="Issue one for a script or pipeline, with the permissions it needs. Then this line answers:"
              action={add}
              command={`curl ${portalUrl()}/api/v1/models -H "authorization: Bearer $GATEHOUSE_TOKEN"`}
            />
          }
          note={`${formatCount(tokens.data.length, 'token')}${tokens.nextCursor ? ' on this page' : ''}, newest first`}
        />
      </Page>
    )
  })
}

function headline(active: readonly ServiceTokenDto[]): string {
  if (active.length === 0) return 'No machine can call the API'
  const unused = active.filter(({ lastUsedAt }) => lastUsedAt === null).length
  const count = `${formatNumber(active.length)} ${active.length === 1 ? 'token works' : 'tokens work'}`
  return unused === 0 ? count : `${count}, ${formatNumber(unused)} never used`
}
