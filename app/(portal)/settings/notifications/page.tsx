import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { NEWS_KINDS } from '#lib/notices/news-kinds.ts'
import { getPreferences } from '#lib/notification-preferences/queries.ts'
import { renderPage } from '../../_components/render-page.tsx'
import { PreferencesForm } from './_components/preferences-form.tsx'

export const metadata: Metadata = { title: 'What I hear' }

export default function NotificationPreferencesPage() {
  return renderPage(async ({ ctx }) => {
    const { preferences } = await getPreferences(ctx)
    return (
      <Page wide={false}>
        <PageHeader
          crumb="What I hear"
          title="What you hear, where and when"
          description="Everything stands in your inbox. Here you choose what comes to you besides, through the channels that your organization has set up."
        />
        <PreferencesForm preferences={preferences} kinds={NEWS_KINDS} />
      </Page>
    )
  })
}
