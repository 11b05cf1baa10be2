import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { formatPercent } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PageCrumb } from '#components/shell/page-crumb.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { missingForKeys } from '#lib/acknowledgements/queries.ts'
import { dataSourceChoices } from '#lib/data-sources/queries.ts'
import { selfServiceShare } from '#lib/keys/queries.ts'
import { gatewayUrl } from '#lib/platform/addresses.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { tierChoices } from '#lib/tiers/queries.ts'
import { workloadChoices } from '#lib/workloads/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { Acknowledge } from '../../../govern/policies/_components/acknowledge.tsx'
import { PolicyText } from '../../../govern/policies/_components/policy-text.tsx'
import { teamChoices } from '../_components/key-choices.ts'
import { modelChoices } from '../_components/model-choices.ts'
import { NewKey } from '../_components/new-key.tsx'

export const metadata: Metadata = { title: 'New API key' }

type Props = { searchParams: Promise<{ team?: string; workload?: string }> }

export default function NewKeyPage({ searchParams }: Props) {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'keys.issue')
    const [{ team, workload }, teams, models, share, tiers, sources, workloads, missing] = await Promise.all([
      searchParams,
      teamChoices(ctx),
      modelChoices(ctx),
      selfServiceShare(ctx, new Date(0)),
      tierChoices(ctx),
      dataSourceChoices(ctx),
      workloadChoices(ctx),
      missingForKeys(ctx),
    ])
    if (teams.length === 0) return <NoTeam />
    return (
      <Page>
        <PageCrumb label="New key" />
        <NewKey
          gatewayUrl={gatewayUrl()}
          teams={teams}
          models={models}
          data={{ tiers, sources, workloads }}
          initial={{ teamId: team, workloadId: workload }}
          missing={missing.map(({ id, name, teamIds, version }) => ({
            ...{ id, name, teamIds },
            reading: (
              <Acknowledge key={version.id} policyId={id} version={version}>
                <PolicyText markdown={version.text} />
              </Acknowledge>
            ),
          }))}
          promise={promiseOf(share)}
        />
      </Page>
    )
  })
}

function NoTeam() {
  return (
    <Page wide={false}>
      <PageHeader title="A key belongs to a team, and you are in none yet" crumb="New key" />
      <EmptyState
        icon={<Users />}
        title="Ask a team's lead to add you"
        description="The teams and who leads them are listed on the Teams page. You can issue a key as soon as you are a member."
        action={
          <ButtonLink href="/admin/teams" variant="primary">
            See the teams
          </ButtonLink>
        }
      />
    </Page>
  )
}

function promiseOf({ asked, automatic }: { asked: number; automatic: number }): string {
  if (asked === 0) return 'Issued at once, within the bounds of your team.'
  return `Issued at once. ${formatPercent(automatic / asked, 0)} of keys here needed nobody's help.`
}
