import { UserPlus, Users } from 'lucide-react'
import type { Metadata } from 'next'
import { tableQueryOf } from '#components/data-table/table-query.ts'
import { formatCount, formatNumber } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery, type PersonDto } from '#lib/people/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { PeopleTable } from './_components/people-table.tsx'

export const metadata: Metadata = { title: 'People' }

type Search = Record<string, string | string[] | undefined>

const MANY = 200

export default function PeoplePage({ searchParams }: { searchParams: Promise<Search> }) {
  return renderPage(async ({ ctx }) => {
    const query = tableQueryOf(await searchParams, { filters: ['role', 'team', 'status'] })
    const [people, active, teams] = await Promise.all([
      listPeople(ctx, queryOf(query)),
      listPeople(ctx, ListPeopleQuery.parse({ status: 'active', limit: MANY })),
      listTeams(ctx, ListTeamsQuery.parse({ limit: MANY })),
    ])
    const add =
      scopeOf(ctx.actor, 'people.manage') === null ? null : (
        <ButtonLink href="/admin/people/new" variant="primary">
          <UserPlus aria-hidden />
          Add a person
        </ButtonLink>
      )
    return (
      <Page>
        <PageHeader
          title={headline(active.data, active.nextCursor !== null)}
          description="They sign in by single sign-on or by a link. Roles and teams say what each may do."
          actions={add}
        />
        <PeopleTable
          people={people.data}
          nextCursor={people.nextCursor}
          teams={teams.data}
          empty={<EmptyState icon={<Users />} title="Nobody is here yet" action={add} />}
          note={`${formatCount(people.data.length, 'person', 'people')}${people.nextCursor ? ' on this page' : ''}, by name`}
        />
      </Page>
    )
  })
}

function queryOf({ search, cursor, filters }: ReturnType<typeof tableQueryOf>) {
  const parsed = ListPeopleQuery.safeParse({
    search: search || undefined,
    cursor: cursor ?? undefined,
    role: filters.role?.[0],
    teamId: filters.team?.[0],
    status: filters.status?.[0],
  })
  return parsed.success ? parsed.data : ListPeopleQuery.parse({})
}

function headline(active: readonly PersonDto[], more: boolean): string {
  const count = `${more ? 'More than ' : ''}${formatNumber(active.length)} ${active.length === 1 ? 'person' : 'people'} can sign in`
  const never = active.filter(person => person.lastSeenAt === null).length
  return never === 0 ? count : `${count}, ${formatNumber(never)} never did`
}
