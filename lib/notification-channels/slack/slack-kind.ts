import { z } from 'zod'
import type { SendResult } from '#core/notifications/message.ts'
import type { ChannelKind, Parcel } from '../channel-kind.ts'
import { checkUrl } from '../check-url.ts'
import { callSlack, SlackError } from './slack-api.ts'
import { decidedBlocks, messageBlocks, mrkdwn } from './slack-blocks.ts'

/** Slack's own troubles, which pass. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
])

const User = z.looseObject({ user: z.looseObject({ id: z.string() }) })
const Conversation = z.looseObject({ channel: z.looseObject({ id: z.string() }) })
const Posted = z.looseObject({ channel: z.string(), ts: z.string() })
const History = z.looseObject({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      metadata: z.looseObject({ event_payload: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
})

/** A Slack workspace: persons by direct message, and a channel that many read. Buttons decide. */
export const slackKind: ChannelKind<'slack'> = {
  id: 'slack',
  title: 'Slack',
  needs: () => ['botToken', 'signingSecret'],
  personal: true,
  shared: ({ channelId }) => channelId !== null,
  check(target) {
    if (target.kind === 'slack') checkUrl('target.apiUrl', target.apiUrl, target.allowPrivateNetwork)
  },
  async send(parcel) {
    try {
      return await post(parcel)
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      const { code, status, retryAfterMs, message } = error
      const passing = PASSING.has(code) || status >= 500 || status === 429
      return {
        outcome: passing ? 'retry' : 'failed',
        status,
        answer:
          code === 'users_not_found' ? 'Nobody in this Slack workspace has the person’s e-mail address.' : message,
        ...(retryAfterMs === null ? {} : { retryAfterMs }),
      }
    }
  },
}

async function post(parcel: Parcel<'slack'>): Promise<SendResult> {
  const channel = await placeOf(parcel)
  const before = parcel.attempt > 1 ? await findPosted(parcel, channel) : null
  if (before) return { outcome: 'sent', status: 200, answer: 'It was there already.', remoteId: before }
  const [first] = parcel.messages
  const posted = await callSlack(
    parcel,
    'chat.postMessage',
    {
      channel,
      text: mrkdwn(first?.title ?? ''),
      blocks: messageBlocks(parcel.messages, parcel.request),
      metadata: { event_type: 'gatehouse_notification', event_payload: { delivery_id: parcel.id } },
      unfurl_links: false,
      unfurl_media: false,
    },
    Posted,
  )
  await closeAnswered(parcel)
  return { outcome: 'sent', status: 200, answer: 'ok', remoteId: `${posted.channel}:${posted.ts}` }
}

/** Takes the buttons off messages that asked for the decision; whoever presses one all the same is told so. */
async function closeAnswered(parcel: Parcel<'slack'>): Promise<void> {
  const { request, messages, answered } = parcel
  if (!request || request.pending) return
  const outcome = messages[0]?.detail ?? ''
  for (const remoteId of answered) {
    const [channel = '', ts = ''] = remoteId.split(':')
    const blocks = decidedBlocks(request.title, outcome, request.id)
    const update = { channel, ts, text: mrkdwn(request.title), blocks }
    await callSlack(parcel, 'chat.update', update, z.looseObject({})).catch(() => undefined)
  }
}

/** The conversation with the person, found by their e-mail address, or the channel that all read. */
async function placeOf(parcel: Parcel<'slack'>): Promise<string> {
  const { person, target } = parcel
  if (!person) return target.channelId ?? ''
  const { user } = await callSlack(parcel, 'users.lookupByEmail', { email: person.email }, User)
  const { channel } = await callSlack(parcel, 'conversations.open', { users: user.id }, Conversation)
  return channel.id
}

/** An attempt that broke off may have posted: the message carries the delivery's id, which Slack gives back. */
async function findPosted(parcel: Parcel<'slack'>, channel: string): Promise<string | null> {
  const input = { channel, limit: 50, include_all_metadata: true }
  const history = await callSlack(parcel, 'conversations.history', input, History).catch(error => {
    // An app that may not read there cannot tell; then once too often is better than never.
    if (error instanceof SlackError && !PASSING.has(error.code)) return null
    throw error
  })
  const found = history?.messages.find(({ metadata }) => metadata?.event_payload.delivery_id === parcel.id)
  return found ? `${channel}:${found.ts}` : null
}
