'use client'

import { useActionState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { enterWithLink } from '#lib/sign-in/enter.ts'

export function LinkForm({ token }: { token: string }) {
  const [state, enter, pending] = useActionState(enterWithLink, null)
  return (
    <form action={enter} className="flex flex-col gap-4">
      <input type="hidden" name="token" value={token} />
      {state ? (
        <Callout tone="bad" live>
          {state.message}
        </Callout>
      ) : null}
      <div>
        <Button type="submit" variant="primary" size="lg" loading={pending}>
          Sign in
        </Button>
      </div>
    </form>
  )
}
