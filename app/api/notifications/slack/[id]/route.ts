import { newId } from '#core/ids.ts'
import { readBytes } from '#lib/api/read-request.ts'
import { answerInteraction } from '#lib/notification-channels/slack/answer-interaction.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { log } from '#lib/platform/log.ts'

const LONGEST = 256 * 1024

/** Presses of buttons in Slack: the request's address of one channel's app. Its signature is what lets it in. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params
  try {
    const body = Buffer.from(await readBytes(request, LONGEST)).toString('utf8')
    const { status, json } = await answerInteraction({
      channelId: id,
      timestamp: request.headers.get('x-slack-request-timestamp'),
      signature: request.headers.get('x-slack-signature'),
      body,
    })
    return json ? Response.json(json, { status }) : new Response(null, { status })
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'too_large') return new Response(null, { status: 413 })
    const requestId = newId()
    log.error({ requestId, channel: id, error: String(error) }, 'a press in Slack could not be taken')
    return new Response(null, { status: 500 })
  }
}
