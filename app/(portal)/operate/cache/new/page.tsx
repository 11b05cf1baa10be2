import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { PolicyForm } from '../_components/policy-form.tsx'

export const metadata: Metadata = { title: 'New cache policy' }

const limit = 200

export default function NewCachePolicyPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'cache.manage')
    const [teams, models] = await Promise.all([
      listTeams(ctx, ListTeamsQuery.parse({ limit })),
      listModels(ctx, ListModelsQuery.parse({ limit })),
    ])
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New policy"
          title="Turn caching on"
          description="Only whole answers to repeatable requests are kept, never Restricted ones. Every gateway follows within a second."
        />
        <PolicyForm
          teams={teams.data.map(({ id, name }) => ({ value: id, label: name }))}
          models={models.data.map(({ identifier, displayName }) => ({
            value: identifier,
            label: displayName,
            hint: identifier,
          }))}
        />
      </Page>
    )
  })
}
