import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { DEFAULT_KEY_BOUNDS } from '#lib/teams/schema.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { NewTeam } from '../_components/new-team.tsx'

export const metadata: Metadata = { title: 'New team' }

const NANO = 1_000_000_000n

export default function NewTeamPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'teams.manage')
    const { maxLifetimeDays, maxRequestsPerMinute, maxDailyLimitNanoUsd } = DEFAULT_KEY_BOUNDS
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New team"
          title="New team"
          description="Its people can issue keys as soon as they are added, within these bounds."
        />
        <NewTeam
          initial={{
            name: '',
            description: '',
            costCentre: '',
            maxLifetimeDays: String(maxLifetimeDays),
            maxRequestsPerMinute: String(maxRequestsPerMinute),
            maxDailyLimitUsd: String(BigInt(maxDailyLimitNanoUsd) / NANO),
          }}
        />
      </Page>
    )
  })
}
