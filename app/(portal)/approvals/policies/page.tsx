import type { Metadata } from 'next'
import Link from 'next/link'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { ApprovalPolicyDto } from '#lib/approvals/dto.ts'
import { listPolicies } from '#lib/approvals/queries.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { ApprovalPages } from '../_components/approval-pages.tsx'
import { PolicySteps } from '../_components/policy-steps.tsx'
import { nameOfIn } from '../_components/policy-words.ts'

export const metadata: Metadata = { title: 'How it is decided' }

export default function ApprovalPoliciesPage() {
  return renderPage(async ({ ctx }) => {
    const [policies, people] = await Promise.all([
      listPolicies(ctx),
      listPeople(ctx, ListPeopleQuery.parse({ limit: 200 })),
    ])
    const own = policies.filter(({ version }) => version > 0).length
    return (
      <Page>
        <PageHeader
          crumb="How it is decided"
          title={
            own === 0
              ? 'Every kind is decided as it comes'
              : `${own} of ${policies.length} kinds ${own === 1 ? 'is' : 'are'} decided your way`
          }
          description="Who decides each kind of request. A change holds for requests made from then on; those that wait keep theirs."
        />
        <ApprovalPages seesAll current="/approvals/policies" />
        <div className="flex flex-col gap-7">
          {policies.map(policy => (
            <Kind key={policy.kind} policy={policy} nameOf={nameOfIn(people.data)} />
          ))}
        </div>
      </Page>
    )
  })
}

function Kind({ policy, nameOf }: { policy: ApprovalPolicyDto; nameOf: (id: string) => string }) {
  return (
    <Section
      title={
        <Link href={`/approvals/policies/${policy.kind}`} className="underline-offset-4 hover:underline">
          {policy.kindTitle}
        </Link>
      }
      actions={<Badge icon={null}>{policy.version === 0 ? 'As it comes' : `Version ${policy.version}`}</Badge>}
    >
      <PolicySteps policy={policy.policy} nameOf={nameOf} />
    </Section>
  )
}
