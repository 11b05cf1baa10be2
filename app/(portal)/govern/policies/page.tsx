import { Plus, ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { formatCount, formatDate } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Meter } from '#components/ui/meter.tsx'
import { POLICY_KIND_FACTS } from '#core/policies/policy-kinds.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listPolicies } from '#lib/policies/queries.ts'
import { ListPoliciesQuery, type PolicyDto } from '#lib/policies/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ratioOf, standingOf, VERSION_WORDS } from './_components/policy-words.ts'

export const metadata: Metadata = { title: 'Policies' }

const MANY = 200

export default function PoliciesPage() {
  return renderPage(async ({ ctx }) => {
    const { data } = await listPolicies(ctx, ListPoliciesQuery.parse({ limit: MANY }))
    const manages = scopeOf(ctx.actor, 'policies.manage') !== null
    const add = manages ? (
      <ButtonLink href="/govern/policies/new" variant="primary">
        <Plus aria-hidden />
        New policy
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['config', 'approvals']} />
        <PageHeader
          title={headline(data)}
          description="Legal reviews a version, the sponsor ratifies it, people acknowledge it. Clauses are linked to what enforces them at the gateway."
          actions={add}
        />
        {data.length === 0 ? (
          <EmptyState
            icon={<ScrollText />}
            title="No policy yet"
            description="Begin with the acceptable use policy: a text that is complete and specific, to be fitted to your organization."
            action={add}
          />
        ) : (
          <ul className="grid gap-5 md:grid-cols-2">
            {data.map(policy => (
              <li key={policy.id} className="rounded-[10px] border border-line bg-raised p-4.5">
                <PolicyCard policy={policy} />
              </li>
            ))}
          </ul>
        )}
      </Page>
    )
  })
}

function PolicyCard({ policy }: { policy: PolicyDto }) {
  const { id, name, kind, clauses, coverage, mine, open, inForce, ownerName, reviewDueAt } = policy
  const standing = standingOf(policy)
  const overdue = reviewDueAt !== null && Date.parse(reviewDueAt) <= Date.now()
  const title = POLICY_KIND_FACTS[kind].title
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-1.5 flex flex-wrap gap-2">
          <Badge tone={standing.tone}>{standing.label}</Badge>
          {open && inForce ? (
            <Badge tone={VERSION_WORDS[open.state].tone}>
              Version {open.number}: {VERSION_WORDS[open.state].label}
            </Badge>
          ) : null}
          {mine.asked && !mine.acknowledged ? <Badge tone="warn">You have not acknowledged it</Badge> : null}
        </div>
        <h2 className="font-medium text-lg">
          <Link href={`/govern/policies/${id}`} className="underline-offset-3 hover:underline">
            {name}
          </Link>
        </h2>
        <p className="text-muted text-sm">
          {title === name ? '' : `${title} · `}
          {ownerName ? `Owner ${ownerName}` : 'No owner yet'} ·{' '}
          <span className={overdue ? 'text-bad-text' : ''}>
            {reviewDueAt ? `Review ${overdue ? 'was due' : 'due'} ${formatDate(reviewDueAt)}` : 'Not reviewed yet'}
          </span>
        </p>
      </div>
      <Meter
        label="Enforced clauses"
        ratio={ratioOf(clauses.enforced, clauses.total)}
        value={`${clauses.enforced} of ${clauses.total}`}
        tone={clauses.broken > 0 ? 'bad' : clauses.onPaper > 0 ? 'warn' : 'ok'}
        note={clauses.broken > 0 ? `${clauses.broken} with a broken link` : `${clauses.onPaper} on paper only`}
      />
      <Meter
        label="Acknowledged"
        ratio={coverage ? ratioOf(coverage.acknowledged, coverage.asked) : null}
        value={
          coverage
            ? `${coverage.acknowledged} of ${formatCount(coverage.asked, 'person', 'people')}`
            : 'Nobody is asked'
        }
        tone={coverage && coverage.acknowledged === coverage.asked ? 'ok' : 'warn'}
      />
    </div>
  )
}

function headline(policies: readonly PolicyDto[]): string {
  if (policies.length === 0) return 'No policy is in force yet'
  const waiting = policies.filter(({ mine }) => mine.asked && !mine.acknowledged)
  if (waiting.length > 0) {
    return waiting.length === 1 ? `${waiting[0]?.name} waits for you` : `${waiting.length} policies wait for you`
  }
  const inForce = policies.filter(policy => policy.inForce).length
  return `${inForce} of ${formatCount(policies.length, 'policy', 'policies')} ${inForce === 1 ? 'is' : 'are'} in force`
}
