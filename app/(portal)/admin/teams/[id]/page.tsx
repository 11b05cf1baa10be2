import type { Metadata } from 'next'
import { formatCount, formatDate, formatMoney, formatNumber } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { parseUsd } from '#core/money.ts'
import { type Enforcement, enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { getTeam } from '#lib/teams/queries.ts'
import type { TeamDetailDto } from '#lib/teams/schema.ts'
import { usageSummary } from '#lib/usage/queries.ts'
import type { UsageSums } from '#lib/usage/schema.ts'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { lastDecision, RecordHistory, recordHistory } from '../../_components/record-history.tsx'
import { ArchiveTeam } from '../_components/archive-team.tsx'
import { TeamForm } from '../_components/team-form.tsx'
import { TeamMembers } from '../_components/team-members.tsx'
import { TeamState } from '../_components/team-state.tsx'

export const metadata: Metadata = { title: 'Team' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string }> }

export default function TeamPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, { tab }] = await Promise.all([params, searchParams])
    const team = await getTeam(ctx, id)
    const mayManage = scopeOf(ctx.actor, 'teams.manage') !== null
    const [people, usage, history, enforcement] = await Promise.all([
      listPeople(ctx, ListPeopleQuery.parse({ status: 'active', limit: 200 })),
      usageSummary(ctx, { teamId: id, groupBy: 'team' }),
      recordHistory(ctx, 'team', id),
      enforcementOf(ctx, 'team', id),
    ])
    const href = `/admin/teams/${id}`
    return (
      <>
        <LiveRefresh topics={['config']} />
        <RecordPage
          title={titleOf(team)}
          crumb={team.name}
          status={<TeamState archivedAt={team.archivedAt} />}
          facts={[
            team.leads.length > 0 ? `Led by ${team.leads.map(({ name }) => name).join(', ')}` : 'Nobody leads it',
            ...(team.costCentre ? [`cost centre ${team.costCentre}`] : []),
            `since ${formatDate(team.createdAt)}`,
          ]}
          actions={mayManage ? <ArchiveTeam id={id} name={team.name} archived={team.archivedAt !== null} /> : null}
          tabs={[
            { href, label: 'Overview' },
            { href: `${href}?tab=people`, label: 'People', count: team.members.length },
            { href: `${href}?tab=history`, label: 'History', ...(history ? { count: history.length } : {}) },
          ]}
          currentTab={tab === 'people' || tab === 'history' ? `${href}?tab=${tab}` : href}
          enforcedBy={enforcement ? [documentOf(team, enforcement)] : []}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={lastDecision(history)}
        >
          {tab === 'people' ? (
            <TeamMembers team={team} people={people.data} mayManage={mayManage} />
          ) : tab === 'history' ? (
            <RecordHistory entries={history} />
          ) : (
            <Overview team={team} totals={usage.totals} mayManage={mayManage} />
          )}
        </RecordPage>
      </>
    )
  })
}

function Overview({ team, totals, mayManage }: { team: TeamDetailDto; totals: UsageSums; mayManage: boolean }) {
  const rows = `/operate/requests?team=${team.id}`
  const bounds =
    'What its people may give a key without asking anyone. Narrower bounds hold for keys issued from now on.'
  return (
    <>
      <StatRow>
        <Stat value={formatNumber(totals.requests)} label="requests, 30 days" href={rows} />
        <Stat value={formatMoney(parseUsd(totals.costUsd))} label="cost, 30 days" href={rows} />
        <Stat
          value={formatNumber(team.memberCount)}
          label={team.memberCount === 1 ? 'person' : 'people'}
          href={`/admin/people?team=${team.id}`}
        />
      </StatRow>
      <Section title="Key bounds" description={bounds}>
        {mayManage && team.archivedAt === null ? (
          <div className="pt-2">
            <TeamForm team={team} />
          </div>
        ) : (
          <DefinitionList items={boundsOf(team)} />
        )}
      </Section>
    </>
  )
}

function boundsOf({ keyBounds, description }: TeamDetailDto) {
  return [
    { term: 'Lifetime', value: `at most ${formatCount(keyBounds.maxLifetimeDays, 'day')}` },
    { term: 'Rate', value: `at most ${formatNumber(keyBounds.maxRequestsPerMinute)} requests a minute` },
    { term: 'Spend', value: `at most ${formatMoney(parseUsd(keyBounds.maxDailyLimitUsd))} a day` },
    ...(description ? [{ term: 'About', value: description }] : []),
  ]
}

function titleOf({ name, archivedAt, memberCount }: TeamDetailDto): string {
  if (archivedAt) return `${name} is archived, its keys are refused`
  return `${name}, ${formatCount(memberCount, 'person', 'people')}`
}

function documentOf({ id, archivedAt }: TeamDetailDto, { version }: Enforcement) {
  return {
    document: `team/${id}`,
    version: Number(version),
    effect: archivedAt ? 'Its keys are refused with 403' : 'Its keys are taken, each within its own limits',
  }
}
