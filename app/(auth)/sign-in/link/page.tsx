import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button.tsx'
import { SIGN_IN_REFUSALS } from '#lib/platform/auth/sign-in-refused.ts'
import { signInLinkFor } from '#lib/sign-in/queries.ts'
import { AuthPanel } from '../../_components/auth-panel.tsx'
import { LinkForm } from './_components/link-form.tsx'

export const metadata: Metadata = { title: 'Sign in by link', referrer: 'same-origin' }

type Search = Promise<{ token?: string | string[] }>

/** Opening the link changes nothing, so that a mail scanner does not use it up; the button does. */
export default async function SignInLinkPage({ searchParams }: { searchParams: Search }) {
  const { token } = await searchParams
  const link = typeof token === 'string' ? await signInLinkFor(token) : null
  if (!link || typeof token !== 'string') {
    return (
      <AuthPanel title="This link does not work any more" lead={SIGN_IN_REFUSALS.link_invalid}>
        <div>
          <ButtonLink href="/sign-in">Other ways to sign in</ButtonLink>
        </div>
      </AuthPanel>
    )
  }
  return (
    <AuthPanel
      title={`Sign in as ${link.person}`}
      lead={`You will work in ${link.organization}. The link is used up by signing in.`}
    >
      <LinkForm token={token} />
    </AuthPanel>
  )
}
