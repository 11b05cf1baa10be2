import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { newId } from '#core/ids.ts'
import { DomainError, type FieldError } from '../errors.ts'
import { log } from '../log.ts'
import { addressOf, countAddress } from './attempts.ts'
import { SESSION_SECONDS, type Session, sessionCookie, writeSession } from './session.ts'

/** What a sign-in form shows again when it did not succeed. */
export type SignInState = { message: string; fields: FieldError[]; values: Record<string, string> } | null

/** A way in: from what a form says and the request's headers to a session; throws a DomainError to refuse. */
export type Admit = (input: Record<string, string>, request: Headers) => Promise<Session>

/**
 * Makes the server action of a sign-in form (for `useActionState`; works without scripts): counts the attempt,
 * asks `admit`, sets the session cookie and goes on to /home or to the form's own `next`.
 */
export function signInAction(admit: Admit): (state: SignInState, form: FormData) => Promise<SignInState> {
  return async function run(_, form) {
    const { next, ...input } = textsOf(form)
    const request = await headers()
    try {
      const attempt = await countAddress(addressOf(request))
      await startSession(await admit(input, request))
      await attempt.forgive()
    } catch (error) {
      return { ...explain(error), values: input }
    }
    redirect(safePath(next))
  }
}

async function startSession(session: Session): Promise<void> {
  const { name, options } = sessionCookie()
  ;(await cookies()).set(name, await writeSession(session), { ...options, maxAge: SESSION_SECONDS })
}

/** Makes the server action that forgets the session in this browser and shows the sign-in page. */
export function signOutAction(): () => Promise<void> {
  return async function run() {
    const { name, options } = sessionCookie()
    ;(await cookies()).set(name, '', { ...options, maxAge: 0 })
    redirect('/sign-in')
  }
}

/** A path of this site to go on to; /home for anything else, so that no link leads astray after sign-in. */
export function safePath(next: string | undefined): string {
  return next && /^\/(?!\/)[\w\-./?=&%]*$/.test(next) ? next : '/home'
}

/** The form's own texts; Next adds fields of its own, which begin with a dollar sign. */
function textsOf(form: FormData): Record<string, string> {
  const texts = [...form].filter(([name, value]) => !name.startsWith('$') && typeof value === 'string')
  return Object.fromEntries(texts) as Record<string, string>
}

function explain(error: unknown): { message: string; fields: FieldError[] } {
  if (error instanceof DomainError) return { message: error.message, fields: error.fields }
  const requestId = newId()
  log.error({ requestId, error: error instanceof Error ? error.stack : String(error) }, 'a sign-in failed')
  return { message: `Something went wrong on our side. Try again, or give ${requestId} to an operator.`, fields: [] }
}
