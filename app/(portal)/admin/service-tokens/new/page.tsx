import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { PERMISSIONS, type Permission } from '#core/permissions.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { requirePermission, scopeOf } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { IssueToken } from '../_components/issue-token.tsx'

export const metadata: Metadata = { title: 'Issue a service token' }

export default function NewServiceTokenPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'serviceTokens.manage')
    const all = Object.keys(PERMISSIONS) as Permission[]
    const held = all.filter(permission => scopeOf(ctx.actor, permission) === 'organization')
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Issue a token"
          title="Issue a service token"
          description="Give it what it needs and no more. You can give only what you hold for the whole organization."
        />
        <IssueToken held={held} portalUrl={portalUrl()} />
      </Page>
    )
  })
}
