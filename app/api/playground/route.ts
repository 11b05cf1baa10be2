import { newId } from '#core/ids.ts'
import { readBody } from '#lib/api/read-request.ts'
import { isSameOrigin } from '#lib/platform/auth/same-origin.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { DomainError, ERROR_KINDS } from '#lib/platform/errors.ts'
import { log } from '#lib/platform/log.ts'
import { askModel } from '#lib/playground/ask-model.ts'
import { readAnswer } from '#lib/playground/read-answer.ts'
import type { PlaygroundEvent } from '#lib/playground/schema.ts'

/** Streams a model's answer to the playground as JSON lines; leaving the page ends the call upstream. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newId()
  try {
    if (!isSameOrigin(request)) throw new DomainError('permission_denied', 'Use the playground from its own page.')
    const ctx = await requireContext(requestId)
    const { json } = await readBody(request)
    const call = await askModel({ ctx, input: json, signal: request.signal })
    return new Response(lines(readAnswer(call)), {
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    })
  } catch (error) {
    if (!(error instanceof DomainError))
      log.error({ requestId, error: error instanceof Error ? error.stack : String(error) }, 'the playground failed')
    const message = error instanceof DomainError ? error.message : 'Something went wrong on our side. Try again.'
    const status = error instanceof DomainError ? ERROR_KINDS[error.kind].status : 500
    return Response.json({ type: 'error', message, requestId } satisfies PlaygroundEvent, { status })
  }
}

function lines(events: AsyncGenerator<PlaygroundEvent>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await events.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel: () => void events.return(undefined),
  })
}
