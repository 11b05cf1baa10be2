import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { needsSetUp } from '#lib/platform/auth/set-up-code.ts'
import { AuthPanel } from '../_components/auth-panel.tsx'
import { SetUpForm } from './_components/set-up-form.tsx'

export const metadata: Metadata = { title: 'Set up' }

/** Possible while no organization lives in this installation. */
export default async function SetUpPage() {
  if (!(await needsSetUp())) redirect('/sign-in')
  return (
    <AuthPanel
      title="Set up Gatehouse"
      lead="You become the first administrator. Everything can be changed later, and others are added under Admin."
    >
      <SetUpForm />
    </AuthPanel>
  )
}
