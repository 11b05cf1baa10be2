import { KeyRound, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import dynamic from 'next/dynamic'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber, formatPercent } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { getKey, listKeyGrants, listKeys, selfServiceShare } from '#lib/keys/queries.ts'
import { type KeyDto, ListKeysQuery } from '#lib/keys/schema.ts'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovedKeys } from './_components/approved-keys.tsx'
import { KeysTable } from './_components/keys-table.tsx'

export const metadata: Metadata = { title: 'API keys' }

const KeySheet = dynamic(() => import('./_components/key-sheet.tsx').then(module => module.KeySheet))

type Search = Record<string, string | string[] | undefined>

const SOON_MS = 14 * 86_400_000
const MANY = 200

export default function KeysPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx, viewer }) => {
    const params = await searchParams
    const query = tableQueryOf(params, { filters: ['team', 'state'] })
    const [keys, working, teams, share, open, grants] = await Promise.all([
      listKeys(ctx, queryOf(query)),
      listKeys(ctx, ListKeysQuery.parse({ state: 'active', limit: MANY })),
      listTeams(ctx, ListTeamsQuery.parse({ limit: MANY, state: 'all' })),
      selfServiceShare(ctx, new Date(0)),
      openKey(ctx, params.open),
      listKeyGrants(ctx),
    ])
    const mayIssue = scopeOf(ctx.actor, 'keys.issue') !== null
    const newKey = mayIssue ? (
      <ButtonLink href="/build/keys/new" variant="primary">
        <Plus aria-hidden />
        New key
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['keys', 'events']} />
        <PageHeader
          title={headline(working.data, working.nextCursor !== null, ownerOf(ctx, viewer.organization.name))}
          description={descriptionOf(working.data, share)}
          actions={newKey}
        />
        <ApprovedKeys grants={grants} />
        <KeysTable
          keys={keys.data}
          nextCursor={keys.nextCursor}
          teams={teams.data}
          openId={open?.id}
          empty={<NoKeys action={newKey} />}
          note={`${formatCount(keys.data.length, 'key')}${keys.nextCursor ? ' on this page' : ''}. Requests and cost since each was issued.`}
        />
        {open ? <KeySheet ctx={ctx} record={open} search={params} /> : null}
      </Page>
    )
  })
}

function queryOf({ search, cursor, filters }: ReturnType<typeof tableQueryOf>) {
  const asked = {
    teamId: filters.team?.[0],
    state: filters.state?.[0],
    search: search || undefined,
    cursor: cursor ?? undefined,
  }
  const parsed = ListKeysQuery.safeParse(asked)
  return parsed.success ? parsed.data : ListKeysQuery.parse({})
}

async function openKey(ctx: Context, id: string | string[] | undefined): Promise<KeyDto | null> {
  return typeof id === 'string' ? getKey(ctx, id).catch(() => null) : null
}

function ownerOf(ctx: Context, organization: string): string {
  const scope = scopeOf(ctx.actor, 'keys.read')
  if (scope === 'organization') return organization
  return scope === 'team' ? 'Your teams' : 'You'
}

function headline(working: readonly KeyDto[], more: boolean, owner: string): string {
  const verb = owner === 'You' || owner === 'Your teams' ? 'have' : 'has'
  if (working.length === 0) return `${owner} ${verb} no working key`
  const count = more
    ? `more than ${formatNumber(working.length)} working keys`
    : formatCount(working.length, 'working key')
  const unused = working.filter(key => key.lastUsedAt === null).length
  return `${owner} ${verb} ${count}${unused > 0 ? `, ${formatNumber(unused)} never used` : ''}`
}

function descriptionOf(working: readonly KeyDto[], share: { asked: number; automatic: number }): string {
  const soon = working.filter(key => Date.parse(key.expiresAt) < Date.now() + SOON_MS).length
  const expiring = soon === 0 ? 'None expires within 14 days.' : `${formatCount(soon, 'key')} expires within 14 days.`
  if (share.asked === 0) return expiring
  return `${soon > 1 ? expiring.replace('expires', 'expire') : expiring} ${formatPercent(share.automatic / share.asked, 0)} of keys here needed nobody's help.`
}

function NoKeys({ action }: { action: React.ReactNode }) {
  return (
    <EmptyState
      icon={<KeyRound />}
      title="No key yet"
      description="A key takes a name and a team. It is shown once, beside code that you can paste. Then this line answers:"
      action={action}
      command={`curl ${gatewayUrl()}/v1/models -H "authorization: Bearer $GATEHOUSE_API_KEY"`}
    />
  )
}
