import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { listPolicyVersions } from '#lib/approvals/policy-versions.ts'
import { listPolicies } from '#lib/approvals/queries.ts'
import { WhoDecidesQuery } from '#lib/approvals/schema.ts'
import { whoDecides } from '#lib/approvals/who-decides.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { EditPolicy } from '../../_components/edit-policy.tsx'
import { PolicySteps } from '../../_components/policy-steps.tsx'
import { nameOfIn } from '../../_components/policy-words.ts'
import { WhoDecides } from '../../_components/who-decides.tsx'

export const metadata: Metadata = { title: 'How it is decided' }

type Props = {
  params: Promise<{ kind: string }>
  searchParams: Promise<{ team?: string; requester?: string }>
}

export default function ApprovalPolicyPage({ params, searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    const [{ kind }, { team, requester }] = await Promise.all([params, searchParams])
    const policies = await listPolicies(ctx)
    const policy = policies.find(one => one.kind === kind)
    if (!policy) notFound()
    const asked = WhoDecidesQuery.safeParse({
      ...(team ? { teamId: team } : {}),
      ...(requester ? { requesterId: requester } : {}),
    })
    const [versions, people, teams, decides] = await Promise.all([
      listPolicyVersions(ctx, kind),
      listPeople(ctx, ListPeopleQuery.parse({ limit: 200 })),
      listTeams(ctx, ListTeamsQuery.parse({ limit: 200 })),
      whoDecides(ctx, kind, asked.success ? asked.data : {}),
    ])
    const choices = people.data.map(({ id, name, title }) => ({ value: id, label: name, hint: title ?? undefined }))
    return (
      <Page>
        <PageHeader
          crumb={policy.kindTitle}
          title={`${policy.kindTitle}: ${stepsInWords(policy.policy.steps)}`}
          badges={<Badge icon={null}>{policy.version === 0 ? 'As it comes' : `Version ${policy.version}`}</Badge>}
          actions={
            scopeOf(ctx.actor, 'approvals.manage') ? (
              <EditPolicy
                directWay={policy.directWay}
                key={policy.version}
                kind={kind}
                title={policy.kindTitle}
                policy={policy.policy}
                people={choices}
              />
            ) : null
          }
        />
        <Section title="Steps">
          <PolicySteps policy={policy.policy} nameOf={nameOfIn(people.data)} />
        </Section>
        <Section
          title="Who could decide one now"
          description="With the people, roles and delegations of this moment. Whoever asks decides nothing of it."
        >
          <WhoDecides
            decides={decides}
            kind={kind}
            people={choices}
            teams={teams.data.map(({ id, name }) => ({ value: id, label: name }))}
            teamId={team ?? null}
            requesterId={requester ?? null}
          />
        </Section>
        <Section title="History">
          {versions.length === 0 ? (
            <p className="text-muted text-sm">It is decided as it comes with Gatehouse; nobody has changed it.</p>
          ) : (
            <VersionHistory label={`Versions of ${policy.kindTitle}`} versions={versions} made="First changed" />
          )}
        </Section>
      </Page>
    )
  })
}

/** "decided by Legal, then by Executive sponsor". */
function stepsInWords(steps: readonly { name: string }[]): string {
  return `decided by ${steps.map(({ name }) => name).join(', then by ')}`
}
