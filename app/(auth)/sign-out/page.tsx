import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { currentViewer } from '#lib/platform/auth/viewer.ts'
import { leave } from '#lib/sign-in/enter.ts'
import { AuthPanel } from '../_components/auth-panel.tsx'

export const metadata: Metadata = { title: 'Sign out' }

/** Asks first: a link that signs out by being opened could be prefetched, or put into another site's page. */
export default async function SignOutPage() {
  const viewer = await currentViewer()
  if (!viewer) redirect('/sign-in')
  return (
    <AuthPanel title="Sign out" lead={`You are signed in as ${viewer.person.name} at ${viewer.organization.name}.`}>
      <form action={leave} className="flex gap-2">
        <Button type="submit" variant="primary" size="lg">
          Sign out
        </Button>
        <ButtonLink href="/home" size="lg">
          Stay
        </ButtonLink>
      </form>
    </AuthPanel>
  )
}
