import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDate, formatMoney, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/money.ts'
import { ROLES } from '#core/permissions.ts'
import { listKeys } from '#lib/keys/queries.ts'
import { type KeyDto, ListKeysQuery } from '#lib/keys/schema.ts'
import { getPerson } from '#lib/people/queries.ts'
import type { PersonDto } from '#lib/people/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { KeyState } from '../../../build/keys/_components/key-state.tsx'
import { RecordHistory, recordHistory } from '../../_components/record-history.tsx'
import { PersonActions } from '../_components/person-actions.tsx'
import { PersonRoles } from '../_components/person-roles.tsx'
import { PersonStatus } from '../_components/person-status.tsx'

export const metadata: Metadata = { title: 'Person' }

export default function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { id } = await params
    const person = await getPerson(ctx, id)
    const [keys, history] = await Promise.all([
      listKeys(ctx, ListKeysQuery.parse({ personId: id, limit: 200 })),
      recordHistory(ctx, 'person', id),
    ])
    const mayManage = scopeOf(ctx.actor, 'people.manage') !== null
    const working = keys.data.filter(({ state }) => state === 'active' || state === 'grace').length
    return (
      <Page>
        <LiveRefresh topics={['keys']} />
        <PageHeader
          crumb={person.name}
          badges={<PersonStatus status={person.status} />}
          title={titleOf(person)}
          description={factsOf(person)}
          actions={
            mayManage ? <PersonActions person={person} keys={working} self={ctx.actor.id === person.id} /> : null
          }
        />
        <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_27rem]">
          <div className="flex min-w-0 flex-col gap-8">
            <Section title="Teams">
              <Teams teams={person.teams} />
            </Section>
            <Section title="API keys" description="With their name on them, newest first">
              <Keys keys={keys.data} />
            </Section>
            <Section title="History" description="What was done to this person's record">
              <RecordHistory entries={history} />
            </Section>
          </div>
          <Section title="What they may do" description="From the next request on, without a new sign-in">
            <PersonRoles key={person.roles.join()} person={person} mayChange={mayManage} />
          </Section>
        </div>
      </Page>
    )
  })
}

function titleOf({ name, roles, status }: PersonDto): string {
  if (status === 'deactivated') return `${name} can no longer sign in`
  const titles = roles.map(role => ROLES[role])
  return titles.length === 0 ? `${name} has no role` : `${name}, ${titles.join(' and ').toLowerCase()}`
}

function factsOf(person: PersonDto) {
  return (
    <>
      {person.email}
      {person.title ? ` · ${person.title}` : ''} · here since {formatDate(person.createdAt)} ·{' '}
      {person.deactivatedAt ? (
        <>
          deactivated <RelativeTime time={person.deactivatedAt} />
        </>
      ) : person.lastSeenAt ? (
        <>
          last seen <RelativeTime time={person.lastSeenAt} />
        </>
      ) : (
        'never signed in'
      )}
    </>
  )
}

function Teams({ teams }: { teams: PersonDto['teams'] }) {
  if (teams.length === 0) return <p className="text-muted text-sm">In no team, so they cannot issue keys.</p>
  return (
    <DefinitionList
      items={teams.map(team => ({
        term: team.kind === 'lead' ? 'Lead of' : 'Member of',
        value: (
          <span className="flex flex-wrap items-center gap-2">
            <Link href={`/admin/teams/${team.id}`} className="underline-offset-3 hover:underline">
              {team.name}
            </Link>
            {team.fromGroup ? <Badge icon={null}>by group {team.fromGroup}</Badge> : null}
          </span>
        ),
      }))}
    />
  )
}

function Keys({ keys }: { keys: readonly KeyDto[] }) {
  if (keys.length === 0) return <p className="text-muted text-sm">None that you may see.</p>
  return (
    <Table label="API keys of this person">
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader className="max-sm:hidden">Team</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric>Requests</TableHeader>
          <TableHeader numeric className="max-sm:hidden">
            Cost, USD
          </TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {keys.map(key => (
          <TableRow key={key.id}>
            <TableCell>
              <Link href={`/build/keys/${key.id}`} className="font-medium underline-offset-3 hover:underline">
                {key.name}
              </Link>
            </TableCell>
            <TableCell className="max-sm:hidden">{key.teamName}</TableCell>
            <TableCell>
              <KeyState state={key.state} />
            </TableCell>
            <TableCell numeric>
              <Link href={`/operate/requests?key=${key.id}`} className="underline-offset-3 hover:underline">
                {formatNumber(key.requests)}
              </Link>
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {formatMoney(parseUsd(key.costUsd), { currency: false })}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
