import { Siren } from 'lucide-react'
import type { Metadata } from 'next'
import { formatCount, formatDateTime } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { listDeployments } from '#lib/deployments/queries.ts'
import type { DeploymentDto, DeploymentsDto } from '#lib/deployments/schema.ts'
import { listFailovers } from '#lib/failovers/queries.ts'
import { ListFailoversQuery } from '#lib/failovers/schema.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { DeploymentsTable } from './_components/deployments-table.tsx'
import { FailoversTable } from './_components/failovers-table.tsx'

export const metadata: Metadata = { title: 'Deployments' }

const LATEST = 20

export default function DeploymentsPage() {
  return renderPage(async ({ ctx }) => {
    const [deployments, failovers] = await Promise.all([
      listDeployments(ctx),
      listFailovers(ctx, ListFailoversQuery.parse({ limit: LATEST })),
    ])
    const called = deployments.data.filter(({ replicas }) => replicas.length > 0)
    const unwell = called.filter(isUnwell)
    const well = called.filter(deployment => !isUnwell(deployment))
    const quiet = deployments.data.filter(({ replicas }) => replicas.length === 0)
    return (
      <Page>
        <LiveRefresh topics={['fleet', 'config']} />
        <PageHeader
          title={titleOf(deployments, unwell)}
          description={`Each model at its provider, as every gateway measured it; asked at ${formatDateTime(deployments.asOf)}.`}
          actions={
            <ButtonLink href="/operate/failover-drills">
              <Siren aria-hidden />
              Failover drills
            </ButtonLink>
          }
        />
        <Silence deployments={deployments} />
        {unwell.length > 0 ? (
          <Section title="Out of use, or being tried" description="Calls go to equivalents where there are any">
            <DeploymentsTable deployments={unwell} label="Deployments out of use" />
          </Section>
        ) : null}
        {well.length > 0 ? (
          <Section
            title={`${formatCount(well.length, 'deployment')} in use`}
            description="Decaying averages of real calls"
          >
            <DeploymentsTable deployments={well} label="Deployments in use" />
          </Section>
        ) : null}
        {quiet.length > 0 ? (
          <Section
            title={`${formatCount(quiet.length, 'deployment')} not called lately`}
            description="Nothing is measured until a gateway calls them"
          >
            <p className="text-muted text-sm">
              {new Intl.ListFormat('en').format(quiet.map(({ identifier }) => identifier))}
            </p>
          </Section>
        ) : null}
        <Section title="Latest failovers" description="One for the whole fleet, however many gateways saw it">
          <FailoversTable failovers={failovers.data} />
        </Section>
      </Page>
    )
  })
}

function isUnwell({ replicas }: DeploymentDto): boolean {
  return replicas.some(({ circuit, coolingUntil }) => circuit !== 'closed' || coolingUntil !== null)
}

function titleOf({ data, answered }: DeploymentsDto, unwell: readonly DeploymentDto[]): string {
  if (answered.length === 0) return 'How deployments are doing is not known'
  if (unwell.length === 1) return `${unwell[0]?.identifier} is out of use at a gateway`
  if (unwell.length > 1) return `${unwell.length} of ${data.length} deployments are out of use at a gateway`
  return `All ${formatCount(data.length, 'deployment')} can be called`
}

function Silence({ deployments: { answered, silent } }: { deployments: DeploymentsDto }) {
  if (answered.length === 0) {
    return (
      <Callout tone="warn" title="No gateway answers">
        Health is measured by running gateways. Start one, or see the fleet page for what became of them.
      </Callout>
    )
  }
  if (silent.length === 0) return null
  return <Callout tone="warn" title={`${new Intl.ListFormat('en').format(silent)} did not answer`} />
}
