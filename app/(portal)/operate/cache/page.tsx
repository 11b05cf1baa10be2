import { Plus, Repeat } from 'lucide-react'
import type { Metadata } from 'next'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listCachePolicies } from '#lib/cache/queries.ts'
import { ListCachePoliciesQuery } from '#lib/cache/schema.ts'
import { cacheStatistics } from '#lib/cache/statistics.ts'
import { scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { CacheFigures } from './_components/cache-figures.tsx'
import { savingsText } from './_components/cache-words.ts'
import { ModelsTable } from './_components/models-table.tsx'
import { PoliciesTable } from './_components/policies-table.tsx'
import { PurgeCache } from './_components/policy-actions.tsx'

export const metadata: Metadata = { title: 'Response cache' }

const DAYS = 30
const MANY = 200

export default function CachePage() {
  return renderPage(async ({ ctx }) => {
    const [{ data: policies, nextCursor }, statistics] = await Promise.all([
      listCachePolicies(ctx, ListCachePoliciesQuery.parse({ limit: MANY })),
      cacheStatistics(ctx, { days: DAYS }),
    ])
    const manages = scopeOf(ctx.actor, 'cache.manage') !== null
    const empty = policies.length === 0
    const add = manages ? (
      <ButtonLink href="/operate/cache/new" variant="primary">
        <Plus aria-hidden />
        New policy
      </ButtonLink>
    ) : null
    return (
      <Page>
        <LiveRefresh topics={['events', 'config']} />
        <PageHeader
          title={empty ? 'No answer is kept' : savingsText(statistics.total, DAYS)}
          description="A request that is the same as an earlier one in everything its answer depends on gets that answer again, at once and at no cost."
          actions={
            <>
              {manages && !empty ? <PurgeCache /> : null}
              {add}
            </>
          }
        />
        {empty ? (
          <EmptyState
            icon={<Repeat />}
            title="No cache policy yet"
            description="Turn caching on for a workload that asks the same things again: classification, embeddings, extraction. Answers never leave the organization, or the keys that may do the same."
            action={add}
          />
        ) : (
          <>
            <CacheFigures statistics={statistics} days={DAYS} />
            <Section
              title="Policies"
              description={`Whose answers are kept, with what each saved in ${DAYS} days.${nextCursor ? ` The first ${MANY} by name.` : ''}`}
            >
              <PoliciesTable policies={policies} manages={manages} />
            </Section>
            <ModelsTable models={statistics.models} days={DAYS} />
          </>
        )}
      </Page>
    )
  })
}
