import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { targetChoices } from '../../../finance/budgets/_components/target-choices.ts'
import { RateLimitForm } from '../_components/rate-limit-form.tsx'

export const metadata: Metadata = { title: 'New rate limit' }

export default function NewRateLimitPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'rateLimits.manage')
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New rate limit"
          title="Set a rate limit"
          description="Every gateway counts and keeps to it within a second. Of several limits that cover a call, each must have room."
        />
        <RateLimitForm targets={await targetChoices(ctx)} />
      </Page>
    )
  })
}
