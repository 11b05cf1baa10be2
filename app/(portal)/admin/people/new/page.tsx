import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { AddPerson } from '../_components/add-person.tsx'

export const metadata: Metadata = { title: 'Add a person' }

export default function NewPersonPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'people.manage')
    const teams = await listTeams(ctx, ListTeamsQuery.parse({ limit: 200 }))
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Add a person"
          title="Add a person"
          description="They can sign in at once: by single sign-on, or by a link that you make on their page."
        />
        <AddPerson teams={teams.data} />
      </Page>
    )
  })
}
