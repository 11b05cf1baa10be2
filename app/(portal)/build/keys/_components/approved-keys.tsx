'use client'

import { useState, useTransition } from 'react'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { claimKeyAction } from '#lib/keys/actions.ts'
import type { IssuedKeyDto, KeyGrantDto } from '#lib/keys/schema.ts'
import { KeyOnce } from './key-once.tsx'
import { LiveOnFleet } from './live-on-fleet.tsx'

/** Keys that were approved for the viewer and wait to be collected. It stays while a collected one is read. */
export function ApprovedKeys({ grants }: { grants: readonly KeyGrantDto[] }) {
  const [issued, setIssued] = useState<IssuedKeyDto>()
  const [problem, setProblem] = useState<string>()
  const [pending, startTransition] = useTransition()

  const collect = (id: string) =>
    startTransition(async () => {
      setProblem(undefined)
      const result = await claimKeyAction({ id })
      if (result.ok) setIssued(result.data)
      else setProblem(result.error.message)
    })

  if (grants.length === 0 && !issued && !problem) return null
  return (
    <section aria-label="Approved keys" className="flex flex-col gap-3">
      {issued ? <KeyOnce value={issued.key} state={<LiveOnFleet version={issued.configVersion} />} /> : null}
      {problem ? (
        <Callout tone="bad" live>
          {problem}
        </Callout>
      ) : null}
      {grants
        .filter(grant => grant.name !== issued?.name)
        .map(grant => (
          <Callout
            key={grant.id}
            tone="ok"
            title={`${grant.name} is approved`}
            action={
              <Button size="sm" variant="primary" loading={pending} onClick={() => collect(grant.id)}>
                Collect the key
              </Button>
            }
          >
            It is shown once, to you alone. It waits until <RelativeTime time={grant.expiresAt} />.
          </Callout>
        ))}
    </section>
  )
}
