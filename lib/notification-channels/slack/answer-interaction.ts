import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { isFromSlack } from '#core/notifications/slack-signature.ts'
import { sha256 } from '#core/secrets.ts'
import { approveRequest, rejectRequest } from '#lib/approvals/decide-approval.ts'
import { personContext } from '#lib/platform/auth/person-context.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { DomainError } from '#lib/platform/errors.ts'
import type { NotificationChannel } from '#prisma/generated/client.ts'
import { openSecrets } from '../channel-secrets.ts'
import { ChannelTarget } from '../schema.ts'
import { callSlack, type SlackAccess } from './slack-api.ts'
import { decidedBlocks, fromMrkdwn, mrkdwn, rejectView } from './slack-blocks.ts'

const Pressed = z.strictObject({ id: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) })
const Place = Pressed.extend({ channel: z.string(), ts: z.string(), title: z.string() })
const SlackUser = z.looseObject({ id: z.string() })
const ButtonPress = z.looseObject({
  type: z.literal('block_actions'),
  user: SlackUser,
  trigger_id: z.string(),
  container: z.looseObject({ channel_id: z.string(), message_ts: z.string() }),
  message: z.looseObject({ text: z.string().default('') }).optional(),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string().optional() })).min(1),
})
const Submission = z.looseObject({
  type: z.literal('view_submission'),
  user: SlackUser,
  view: z.looseObject({
    callback_id: z.literal('reject'),
    private_metadata: z.string(),
    state: z.looseObject({
      values: z.looseObject({
        reason: z.looseObject({ text: z.looseObject({ value: z.string().nullable() }) }),
      }),
    }),
  }),
})
const Payload = z.discriminatedUnion('type', [ButtonPress, Submission])
const Own = z.looseObject({ team_id: z.string(), enterprise_id: z.string().nullish() })
const Info = z.looseObject({
  user: z.looseObject({
    team_id: z.string(),
    enterprise_user: z.looseObject({ enterprise_id: z.string() }).optional(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_email_confirmed: z.boolean().default(false),
    profile: z.looseObject({ email: z.string().optional() }),
  }),
})

/** A request as Slack sends it, untouched: the signature is over the raw body. */
export interface SlackRequest {
  readonly channelId: string
  readonly timestamp: string | null
  readonly signature: string | null
  readonly body: string
}

/** What Slack is answered; null: nothing but the status. */
export interface SlackAnswer {
  readonly status: 200 | 400 | 401
  readonly json: object | null
}

type Access = SlackAccess & { organizationId: string; channelId: string }

/**
 * Takes a press of a button: only with Slack's signature, within five minutes and once; by the person whose confirmed
 * e-mail address the Slack user has, with their authority at this moment. The message then shows what came of it.
 */
export async function answerInteraction(request: SlackRequest, now = new Date()): Promise<SlackAnswer> {
  const access = await accessOf(request.channelId)
  const secret = access?.secrets.signingSecret
  if (!access || secret === undefined || !isFromSlack(secret, request, now)) return { status: 401, json: null }
  if (!(await isFirst(access, request))) return { status: 401, json: null }
  const payload = Payload.safeParse(payloadOf(request.body))
  // A button that only leads somewhere is told here as well.
  if (!payload.success) return { status: 200, json: null }
  const ctx = await whoIs(access, payload.data.user.id)
  return payload.data.type === 'block_actions' ? press(access, ctx, payload.data) : submit(access, ctx, payload.data)
}

async function accessOf(channelId: string): Promise<Access | null> {
  if (!z.uuid().safeParse(channelId).success) return null
  const channel: NotificationChannel | null = await databases().system.notificationChannel.findFirst({
    where: { id: channelId, kind: 'slack', enabled: true, archivedAt: null },
  })
  const target = channel && ChannelTarget.parse(channel.target)
  if (!channel || target?.kind !== 'slack') return null
  return { target, secrets: openSecrets(channel), organizationId: channel.organizationId, channelId }
}

/** Remembers the request before anything is done: the same signature never counts twice. */
async function isFirst({ organizationId, channelId }: Access, { signature }: SlackRequest): Promise<boolean> {
  const nonce = sha256(signature ?? '').toString('hex')
  const { count } = await databases().system.channelInteraction.createMany({
    data: [{ id: newId(), organizationId, channelId, nonce }],
    skipDuplicates: true,
  })
  return count === 1
}

/**
 * The person whose confirmed e-mail address this Slack user has; null for everybody else. Somebody of another workspace
 * in a shared channel is nobody: their own administrators say what their address is.
 */
async function whoIs(access: Access, slackUserId: string): Promise<Context | null> {
  const { user } = await callSlack(access, 'users.info', { user: slackUserId }, Info)
  const { email } = user.profile
  const own = await callSlack(access, 'auth.test', {}, Own)
  const enterprise = user.enterprise_user?.enterprise_id
  if (user.team_id !== own.team_id && (enterprise === undefined || enterprise !== own.enterprise_id)) return null
  if (email === undefined || user.deleted || user.is_bot || !user.is_email_confirmed) return null
  return personContext(access.organizationId, email, newId())
}

async function press(access: Access, ctx: Context | null, payload: z.output<typeof ButtonPress>): Promise<SlackAnswer> {
  const [action] = payload.actions
  if (action?.action_id !== 'approve' && action?.action_id !== 'reject') return { status: 200, json: null }
  const pressed = Pressed.safeParse(parse(action.value ?? ''))
  if (!pressed.success) return { status: 400, json: null }
  const { channel_id: channel, message_ts: ts } = payload.container
  const place = { ...pressed.data, channel, ts, title: fromMrkdwn(payload.message?.text ?? 'Request') }
  if (!ctx) {
    await whisper(
      access,
      channel,
      payload.user.id,
      'Nobody in Gatehouse has your confirmed e-mail address. Decide it there.',
    )
  } else if (action.action_id === 'reject') {
    const view = rejectView(place.title, JSON.stringify(place))
    await callSlack(access, 'views.open', { trigger_id: payload.trigger_id, view }, z.looseObject({}))
  } else {
    const { id, digest } = place
    const said = await decide(() => approveRequest({ ctx, input: { id, digest } }))
    if (said.stays) await whisper(access, channel, payload.user.id, said.words)
    else await showOutcome(access, place, said.words)
  }
  return { status: 200, json: null }
}

async function submit(
  access: Access,
  ctx: Context | null,
  { view }: z.output<typeof Submission>,
): Promise<SlackAnswer> {
  const place = Place.safeParse(parse(view.private_metadata))
  if (!place.success) return { status: 400, json: null }
  const reason = view.state.values.reason.text.value ?? ''
  const refuse = (words: string): SlackAnswer => {
    return { status: 200, json: { response_action: 'errors', errors: { reason: words } } }
  }
  if (!ctx) return refuse('Nobody in Gatehouse has your confirmed e-mail address. Decide it there.')
  const said = await decide(() => rejectRequest({ ctx, input: { id: place.data.id, reason } }))
  if (said.stays) return refuse(said.words)
  await showOutcome(access, place.data, said.words)
  return { status: 200, json: { response_action: 'clear' } }
}

/** What came of it in words; `stays` where others may still decide by the same message. */
async function decide(
  run: () => Promise<{ state: string; outcome: string }>,
): Promise<{ words: string; stays: boolean }> {
  try {
    const { state, outcome } = await run()
    return {
      words: state === 'pending' ? outcome : `${state.charAt(0).toUpperCase()}${state.slice(1)}. ${outcome}`,
      stays: state === 'pending',
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { words: error.message, stays: error.kind !== 'conflict' }
  }
}

function showOutcome(
  access: Access,
  { channel, ts, title, id }: z.output<typeof Place>,
  words: string,
): Promise<object> {
  const blocks = decidedBlocks(title, words, id)
  return callSlack(
    access,
    'chat.update',
    { channel, ts, text: mrkdwn(`${title}: ${words}`), blocks },
    z.looseObject({}),
  )
}

function whisper(access: Access, channel: string, user: string, text: string): Promise<object> {
  return callSlack(access, 'chat.postEphemeral', { channel, user, text: mrkdwn(text) }, z.looseObject({}))
}

function payloadOf(body: string): unknown {
  return parse(new URLSearchParams(body).get('payload') ?? '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
