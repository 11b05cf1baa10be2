import { Building2, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery, type TeamDto } from '#lib/teams/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { TeamsTable } from './_components/teams-table.tsx'

export const metadata: Metadata = { title: 'Teams' }

type Search = Record<string, string | string[] | undefined>

export default function TeamsPage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const { search, cursor, filters } = tableQueryOf(await searchParams, { filters: ['state'] })
    const parsed = ListTeamsQuery.safeParse({
      search: search || undefined,
      cursor: cursor ?? undefined,
      state: filters.state?.[0],
    })
    const [teams, active] = await Promise.all([
      listTeams(ctx, parsed.success ? parsed.data : ListTeamsQuery.parse({})),
      listTeams(ctx, ListTeamsQuery.parse({ limit: 200 })),
    ])
    const add =
      scopeOf(ctx.actor, 'teams.manage') === null ? null : (
        <ButtonLink href="/admin/teams/new" variant="primary">
          <Plus aria-hidden />
          New team
        </ButtonLink>
      )
    return (
      <Page>
        <PageHeader
          title={headline(active.data)}
          description="Calls and cost are attributed to teams. The bounds of a team say what its people may give a key without asking anyone."
          actions={add}
        />
        <TeamsTable
          teams={teams.data}
          nextCursor={teams.nextCursor}
          empty={
            <EmptyState
              icon={<Building2 />}
              title="No team yet"
              description="A key belongs to a team, so the first team comes first."
              action={add}
            />
          }
          note={`${formatCount(teams.data.length, 'team')}${teams.nextCursor ? ' on this page' : ''}, by name`}
        />
      </Page>
    )
  })
}

function headline(active: readonly TeamDto[]): string {
  const leaderless = active.filter(team => team.leads.length === 0).length
  const count = `${formatNumber(active.length)} ${active.length === 1 ? 'team issues' : 'teams issue'} keys`
  return leaderless === 0 ? count : `${count}, ${formatNumber(leaderless)} without a lead`
}
