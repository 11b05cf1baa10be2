import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cn } from '#components/cn.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { safePath } from '#lib/platform/auth/sign-in-action.ts'
import { currentViewer } from '#lib/platform/auth/viewer.ts'
import { signInChoices } from '#lib/sign-in/queries.ts'
import { AuthPanel } from '../_components/auth-panel.tsx'
import { signInProblem } from '../_components/sign-in-problem.ts'
import { OidcButton } from './_components/oidc-button.tsx'
import { PersonaForm } from './_components/persona-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Search = Promise<{ error?: string; wait?: string; next?: string }>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { error, wait, next: wanted } = await searchParams
  const next = safePath(typeof wanted === 'string' ? wanted : undefined)
  if (await currentViewer()) redirect(next)
  const { setUp, oidcName, demo } = await signInChoices(await headers())
  if (setUp) return <NotSetUp />
  const problem = signInProblem(error, wait)
  return (
    <AuthPanel
      title="Sign in"
      wide={demo !== null}
      lead={demo ? `${demo.organization} is a demonstration. Choose whose eyes to see it with.` : undefined}
    >
      {problem ? (
        <Callout tone="bad" live title="You are not signed in">
          {problem}
        </Callout>
      ) : null}
      {oidcName ? <OidcButton name={oidcName} next={next} /> : null}
      {demo ? <PersonaForm personas={demo.personas} next={next} /> : null}
      <SignInLinkHelp only={!oidcName && !demo} />
    </AuthPanel>
  )
}

function SignInLinkHelp({ only }: { only: boolean }) {
  return (
    <div className={cn('flex flex-col gap-1.5 text-muted text-sm', only ? '' : 'border-line border-t pt-4')}>
      <h2 className="font-medium text-ink">{only ? 'You need a sign-in link' : 'With a sign-in link'}</h2>
      <p>
        An administrator makes one for you under Admin → People. It works once, within 15 minutes. Whoever has a shell
        on the server makes one with
      </p>
      <code className="rounded-md bg-hover px-2 py-1 text-ink text-xs">npm run sign-in-link -- you@example.com</code>
    </div>
  )
}

function NotSetUp() {
  return (
    <AuthPanel
      title="Nobody has set Gatehouse up yet"
      lead="The first administrator names the organization and comes in with the set-up code that the start script prints."
    >
      <div>
        <ButtonLink href="/setup" variant="primary" size="lg">
          Set up
        </ButtonLink>
      </div>
    </AuthPanel>
  )
}
