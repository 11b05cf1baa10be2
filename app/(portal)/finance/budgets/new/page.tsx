import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { requirePermission } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { BudgetForm } from '../_components/budget-form.tsx'
import { targetChoices } from '../_components/target-choices.ts'

export const metadata: Metadata = { title: 'New budget' }

export default function NewBudgetPage() {
  return renderPage(async ({ ctx }) => {
    requirePermission(ctx, 'budgets.manage')
    return (
      <Page wide={false}>
        <PageHeader
          crumb="New budget"
          title="Set a budget"
          description="What was spent in the present period counts. Every gateway keeps to it within a second."
        />
        <BudgetForm targets={await targetChoices(ctx)} />
      </Page>
    )
  })
}
