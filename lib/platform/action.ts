import { headers } from 'next/headers'
import { newId } from '#core/ids.ts'
import { requireContext } from './auth/viewer.ts'
import type { VerbArgs } from './context.ts'
import { DomainError, type ErrorKind, type FieldError } from './errors.ts'
import { log } from './log.ts'

export type ActionResult<T> =
  | { ok: true; data: T }
  | { ok: false; error: { kind: ErrorKind | 'unexpected'; message: string; fields: FieldError[]; requestId: string } }

/**
 * Makes a server action of a verb: the session's context in, a result that never throws out. It is the only
 * thing an actions.ts may export, since a file marked "use server" exposes every export to the browser.
 */
export function action<T>(verb: (args: VerbArgs) => Promise<T>): (input: unknown) => Promise<ActionResult<T>> {
  return async function run(input: unknown) {
    const requestId = (await headers()).get('x-request-id') ?? newId()
    try {
      const ctx = await requireContext(requestId)
      return { ok: true, data: await verb({ ctx, input }) }
    } catch (error) {
      return { ok: false, error: { ...explain(error, requestId), requestId } }
    }
  }
}

function explain(error: unknown, requestId: string) {
  if (error instanceof DomainError) return { kind: error.kind, message: error.message, fields: error.fields }
  log.error({ requestId, error: error instanceof Error ? error.stack : String(error) }, 'an action failed')
  const message =
    'Something went wrong on our side. Nothing was changed. Try again, or give this request id to an operator.'
  return { kind: 'unexpected' as const, message, fields: [] }
}
