'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { acknowledgePolicyAction } from '#lib/acknowledgements/actions.ts'
import type { VersionRef } from '#lib/policies/schema.ts'

type Props = { policyId: string; version: Pick<VersionRef, 'id' | 'number' | 'sha256'>; children: ReactNode }

/** A text to read, and the button that opens when its end has been on the screen: by wheel, finger or keyboard. */
export function Acknowledge({ policyId, version, children }: Props) {
  const end = useRef<HTMLDivElement>(null)
  const [read, setRead] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()
  const router = useRouter()
  useEffect(() => {
    if (!end.current) return
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) setRead(true)
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [])

  function acknowledge() {
    setProblem(undefined)
    startTransition(async () => {
      const input = { policyId, versionId: version.id, sha256: version.sha256, readToEnd: true }
      const result = await acknowledgePolicyAction(input)
      if (!result.ok) return setProblem(result.error.message)
      router.refresh()
    })
  }

  return (
    <div className="flex min-w-0 flex-col gap-4">
      {children}
      <div ref={end} className="h-px" />
      <div className="sticky bottom-0 z-10 -mx-2 in-[[role=dialog]]:-bottom-4 flex flex-wrap items-center justify-between gap-3 border-line border-t bg-surface px-2 py-3">
        <p id="how-to-acknowledge" className="text-muted text-sm" role="status">
          {read
            ? `You have read version ${version.number} to its end.`
            : 'Read to the end first: scroll, or press the End key.'}
        </p>
        <Button
          variant="primary"
          disabled={!read}
          loading={pending}
          aria-describedby="how-to-acknowledge"
          onClick={acknowledge}
        >
          I have read it and will keep to it
        </Button>
        {problem ? (
          <Callout tone="bad" live className="w-full">
            {problem}
          </Callout>
        ) : null}
      </div>
    </div>
  )
}
