import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDate } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { RecordPage } from '#components/page/record-page.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { policyCoverage } from '#lib/acknowledgements/queries.ts'
import { enforcementOf } from '#lib/gateway-fleet/enforcement.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { getPolicy, policyHistory, policyVersions, waitingDecision } from '#lib/policies/queries.ts'
import type { PolicyDetailDto, PolicyVersionDto } from '#lib/policies/schema.ts'
import { RecordAnnotations } from '../../../_components/annotations/record-annotations.tsx'
import { ControlledRisks } from '../../../_components/controlled-risks.tsx'
import { fleetLine } from '../../../_components/fleet-line.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { targetChoices } from '../_components/choices.ts'
import { ClausesPart } from '../_components/clauses-part.tsx'
import { CoveragePart } from '../_components/coverage-part.tsx'
import { PolicyButtons } from '../_components/policy-buttons.tsx'
import { headlineOf, standingOf } from '../_components/policy-words.ts'
import { ReadPart } from '../_components/read-part.tsx'
import { VersionsPart } from '../_components/versions-part.tsx'

export const metadata: Metadata = { title: 'Policy' }

const TABS = ['read', 'clauses', 'versions', 'coverage', 'history'] as const
type Tab = (typeof TABS)[number]
type Search = { tab?: string; from?: string; to?: string }
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> }

export default function PolicyPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ id }, search] = await Promise.all([params, searchParams])
    const policy = await getPolicy(ctx, id)
    const [versions, waiting, enforcement] = await Promise.all([
      policyVersions(ctx, id),
      waitingDecision(ctx, id),
      enforcementOf(ctx, 'policy', id),
    ])
    const tab = TABS.find(one => one === search.tab) ?? 'read'
    const href = `/govern/policies/${id}`
    const standing = standingOf(policy)
    const effect = 'Keys that need it are refused with 403 until it is acknowledged'
    return (
      <>
        <LiveRefresh topics={['config', 'approvals']} />
        <RecordPage
          title={headlineOf(policy)}
          crumb={policy.name}
          status={<Badge tone={standing.tone}>{standing.label}</Badge>}
          facts={factsOf(policy)}
          actions={<PolicyButtons ctx={ctx} policy={policy} waiting={waiting} />}
          tabs={[
            { href, label: 'Read' },
            { href: `${href}?tab=clauses`, label: 'Clauses', count: policy.clauseList.length },
            { href: `${href}?tab=versions`, label: 'Versions', count: versions.length },
            { href: `${href}?tab=coverage`, label: 'Coverage' },
            { href: `${href}?tab=history`, label: 'History' },
          ]}
          currentTab={tab === 'read' ? href : `${href}?tab=${tab}`}
          enforcedBy={enforcement ? [{ document: `policy/${id}`, version: Number(enforcement.version), effect }] : []}
          enforcedByNone={enforcedText(policy)}
          fleet={enforcement ? fleetLine(enforcement) : undefined}
          decidedBy={versions
            .filter(({ ratifiedAt }) => ratifiedAt)
            .slice(0, 2)
            .map(decisionOf)}
          rail={<ControlledRisks ctx={ctx} kind="policy" recordId={id} />}
        >
          {await partOf(ctx, tab, policy, versions, search)}
          {tab === 'read' ? <RecordAnnotations ctx={ctx} kind="policy" id={id} /> : null}
        </RecordPage>
      </>
    )
  })
}

/** What keeps to a policy that no key needs to have acknowledged. */
function enforcedText({ id, inForce, clauses: { enforced, total } }: PolicyDetailDto) {
  if (!inForce) return 'Nothing yet: it binds nobody before it is ratified.'
  if (enforced === 0) return 'Nothing: none of its clauses is linked to a rule of the gateway.'
  return (
    <>
      The rules that{' '}
      <Link href={`/govern/policies/${id}?tab=clauses`} className="text-accent-text underline underline-offset-3">
        {enforced} of its {total} clauses
      </Link>{' '}
      are linked to. No key needs it acknowledged.
    </>
  )
}

async function partOf(
  ctx: Context,
  tab: Tab,
  policy: PolicyDetailDto,
  versions: readonly PolicyVersionDto[],
  { from, to }: Search,
) {
  if (tab === 'clauses') {
    const targets = scopeOf(ctx.actor, 'policies.manage') && !policy.archivedAt ? await targetChoices(ctx) : null
    return <ClausesPart policyId={policy.id} clauses={policy.clauseList} targets={targets} />
  }
  if (tab === 'versions') {
    const numbers = [from, to].map(text => (text ? Number(text) : undefined))
    return <VersionsPart href={`/govern/policies/${policy.id}`} versions={versions} from={numbers[0]} to={numbers[1]} />
  }
  if (tab === 'coverage') return <CoveragePart coverage={await policyCoverage(ctx, policy.id)} />
  if (tab === 'history') {
    return (
      <VersionHistory versions={await policyHistory(ctx, policy.id)} label="History of this policy" made="Drafted" />
    )
  }
  return <ReadPart policy={policy} asked={versions.find(({ id }) => id === policy.asked?.id) ?? null} />
}

function factsOf({ kind: _, ownerName, reviewDueAt, reviewEveryDays, audience, requirement }: PolicyDetailDto) {
  const people = audience.everyone ? 'For everybody' : `For ${audience.teamIds.length} teams`
  return [
    ownerName ? `Owner ${ownerName}` : 'No owner yet',
    people,
    reviewDueAt ? `review due ${formatDate(reviewDueAt)}` : `reviewed every ${reviewEveryDays} days`,
    requirement.scope === 'off' ? 'no key needs it' : `keys need it after ${requirement.graceDays} days`,
  ]
}

function decisionOf({ id, number, ratifiedByName, reviewedByName, ratifiedAt }: PolicyVersionDto) {
  const detail = (
    <>
      {ratifiedAt ? <RelativeTime time={ratifiedAt} /> : null}
      {reviewedByName ? `, after legal review by ${reviewedByName}` : ''}
    </>
  )
  return { id, title: `Version ${number} ratified by ${ratifiedByName}`, detail }
}
