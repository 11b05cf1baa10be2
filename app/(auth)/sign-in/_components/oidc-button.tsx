'use client'

import { LogIn } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'

/** Leads to the identity provider and from there to `next`. */
export function OidcButton({ name, next }: { name: string; next: string }) {
  const [leaving, setLeaving] = useState(false)
  const [failed, setFailed] = useState(false)

  async function leave() {
    setLeaving(true)
    setFailed(false)
    try {
      await signIn('oidc', { callbackUrl: next })
    } catch {
      setLeaving(false)
      setFailed(true)
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <Button variant="primary" size="lg" loading={leaving} onClick={leave} className="w-full">
        {leaving ? null : <LogIn aria-hidden />}
        Continue with {name}
      </Button>
      {failed ? (
        <Callout tone="bad" live>
          The portal did not start the sign-in. Wait a minute, then try again.
        </Callout>
      ) : null}
    </div>
  )
}
