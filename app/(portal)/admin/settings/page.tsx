import type { Metadata } from 'next'
import { formatDate, formatNumber, formatPercent } from '#components/format.ts'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { selfServiceShare } from '#lib/keys/queries.ts'
import { getOrganization } from '#lib/organizations/queries.ts'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { OrganizationForm } from './_components/organization-form.tsx'
import { RemoveDemo } from './_components/remove-demo.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default function SettingsPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'organization.manage')
    const [organization, share] = await Promise.all([
      getOrganization(ctx, ctx.organizationId),
      selfServiceShare(ctx, new Date(0)),
    ])
    const { name, demo, createdAt, requestRetentionDays } = organization
    return (
      <Page wide={false} className="gap-8">
        <PageHeader
          title={`${name} keeps its requests for ${formatNumber(requestRetentionDays)} days`}
          description={`Organization since ${formatDate(createdAt)}${demo ? ', a demonstration' : ''}`}
        />
        <StatRow>
          <Stat
            value={share.asked === 0 ? '–' : formatPercent(share.automatic / share.asked, 0)}
            label="of key requests needed no person"
            note={`${formatNumber(share.automatic)} of ${formatNumber(share.asked)}, since the beginning`}
            href="/build/keys"
          />
        </StatRow>
        <Section title="Organization">
          <OrganizationForm organization={organization} timezones={['UTC', ...Intl.supportedValuesOf('timeZone')]} />
        </Section>
        {demo ? (
          <Section
            title="Demonstration data"
            description="What you see was made up. Remove it when you begin for real; an organization of your own is set up next."
          >
            <RemoveDemo id={organization.id} name={name} />
          </Section>
        ) : null}
      </Page>
    )
  })
}
