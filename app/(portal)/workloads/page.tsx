import { FileText, Plus, Workflow } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { getOrganization } from '#lib/organizations/queries.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { listUnregistered, listWorkloads } from '#lib/workloads/queries.ts'
import { ListWorkloadsQuery } from '#lib/workloads/schema.ts'
import { renderPage } from '../_components/render-page.tsx'
import { Unregistered } from './_components/unregistered.tsx'
import { workloadsTitle } from './_components/workload-words.ts'
import { WorkloadsTable } from './_components/workloads-table.tsx'

export const metadata: Metadata = { title: 'Workloads' }

const MANY = 200

export default function WorkloadsPage() {
  return renderPage(async ({ ctx }) => {
    const [{ data, nextCursor }, names, organization] = await Promise.all([
      listWorkloads(ctx, ListWorkloadsQuery.parse({ limit: MANY })),
      listUnregistered(ctx),
      getOrganization(ctx, ctx.organizationId),
    ])
    const now = Date.now()
    const mayPropose = scopeOf(ctx.actor, 'workloads.propose') !== null
    const write = mayPropose ? (
      <ButtonLink href="/workloads/briefs/new" variant="primary">
        <Plus aria-hidden />
        Write a brief
      </ButtonLink>
    ) : null
    const running = data.filter(({ lifecycle }) => lifecycle !== 'decommissioned')
    const ended = data.filter(({ lifecycle }) => lifecycle === 'decommissioned')
    return (
      <Page>
        <LiveRefresh topics={['config', 'events']} />
        <PageHeader
          title={workloadsTitle(data, now)}
          description={`What models are used for here: each with an owner, a budget, models and a place in its lifecycle that the gateway holds its calls to.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
          actions={
            <>
              <ButtonLink href="/workloads/briefs">
                <FileText aria-hidden />
                Briefs
              </ButtonLink>
              {write}
            </>
          }
        />
        {running.length === 0 ? (
          <EmptyState
            icon={<Workflow />}
            title="Nothing is registered"
            description="A brief says what a workload is for and within which bounds. Approved, it becomes a workload with a budget and a route."
            action={write}
          />
        ) : (
          <WorkloadsTable workloads={running} now={now} />
        )}
        <Unregistered names={names} refused={organization.unregisteredWorkloads === 'refuse'} mayPropose={mayPropose} />
        {ended.length > 0 ? (
          <Section title="Decommissioned" description="Their calls are refused. What they were stays on record.">
            <WorkloadsTable workloads={ended} now={now} />
          </Section>
        ) : null}
      </Page>
    )
  })
}
