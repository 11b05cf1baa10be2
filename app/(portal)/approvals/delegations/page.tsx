import { UserRoundCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { listDelegations } from '#lib/approvals/delegations.ts'
import type { DelegationDto } from '#lib/approvals/dto.ts'
import { APPROVAL_KINDS } from '#lib/approvals/kinds.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalPages } from '../_components/approval-pages.tsx'
import { DelegateForm } from '../_components/delegate-form.tsx'
import { DelegationList } from '../_components/delegation-list.tsx'

export const metadata: Metadata = { title: 'Delegations' }

export default function DelegationsPage() {
  return renderPage(async ({ ctx }) => {
    const [delegations, people] = await Promise.all([
      listDelegations(ctx),
      listPeople(ctx, ListPeopleQuery.parse({ limit: 200 })),
    ])
    const me = ctx.actor.id
    const manages = scopeOf(ctx.actor, 'approvals.manage') !== null
    const mine = delegations.filter(({ fromId, toId }) => fromId === me || toId === me)
    const others = delegations.filter(one => !mine.includes(one))
    const kinds = APPROVAL_KINDS.map(({ id, title }) => ({ value: id, label: title }))
    const active = people.data.filter(({ status }) => status === 'active')
    const form = (
      <DelegateForm
        viewerId={me ?? ''}
        people={active.map(({ id, name, title }) => ({ value: id, label: name, hint: title ?? undefined }))}
        kinds={kinds}
        forOthers={manages}
      />
    )
    return (
      <Page>
        <LiveRefresh topics={['approvals']} />
        <PageHeader
          crumb="Delegations"
          title={headline(mine, me)}
          description="Until its end somebody else decides in your place. The vote says for whom it was cast; nobody decides what they asked for themselves."
          actions={form}
        />
        <ApprovalPages
          seesAll={scopeOf(ctx.actor, 'approvals.read') === 'organization'}
          current="/approvals/delegations"
        />
        {delegations.length === 0 ? (
          <EmptyState
            icon={<UserRoundCheck />}
            title="Nobody stands in for anybody"
            description="Before you are away, choose who decides in your place and until when, so that no request waits for you."
            action={form}
          />
        ) : null}
        {mine.length > 0 ? (
          <Section title="Yours">
            <DelegationList delegations={mine} kinds={kinds} mayEnd />
          </Section>
        ) : null}
        {others.length > 0 ? (
          <Section title="Of others">
            <DelegationList delegations={others} kinds={kinds} mayEnd={manages} />
          </Section>
        ) : null}
      </Page>
    )
  })
}

function headline(mine: readonly DelegationDto[], me: string | null): string {
  const now = new Date().toISOString()
  const inForce = mine.filter(({ startsAt }) => startsAt <= now)
  const away = inForce.find(({ fromId }) => fromId === me)
  if (away) return `${away.toName} decides in your place`
  const standsIn = inForce.find(({ toId }) => toId === me)
  return standsIn ? `You decide for ${standsIn.fromName}` : 'You decide for yourself'
}
