'use client'

import { ErrorState } from '#components/page/error-state.tsx'
import { Page } from '#components/page/page-header.tsx'

/** A page that failed. The digest is the id under which the server logged why. */
export default function PortalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return (
    <Page wide={false}>
      <ErrorState requestId={digest} onRetry={retry} />
    </Page>
  )
}
