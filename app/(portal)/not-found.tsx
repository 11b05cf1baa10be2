import { SearchX } from 'lucide-react'
import { EmptyState } from '#components/page/empty-state.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

/** The same words whether the record does not exist or is another's. */
export default function NotFound() {
  return (
    <Page wide={false}>
      <PageHeader title="There is no such record here" crumb="Not found" />
      <EmptyState
        icon={<SearchX />}
        title="The address is wrong, or the record is not yours to see"
        description="A colleague who sees it can tell you who owns it. ⌘K finds everything you may see."
        action={<ButtonLink href="/home">Go to Home</ButtonLink>}
      />
    </Page>
  )
}
