'use client'

import './globals.css'
import { ErrorState } from '#components/page/error-state.tsx'

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something failed · Gatehouse</title>
        <main className="mx-auto max-w-lg px-6 pt-[18dvh]">
          <ErrorState title="The portal could not draw this page" requestId={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  )
}
