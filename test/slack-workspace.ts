import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '#core/ids.ts'
import { slackSignature } from '#core/notifications/slack-signature.ts'

export interface SlackCall {
  method: string
  input: Record<string, unknown>
  token: string
}

export interface SlackMessage {
  channel: string
  ts: string
  text: string
  blocks: unknown[]
  metadata: unknown
}

export interface SlackWorkspace {
  apiUrl: string
  botToken: string
  signingSecret: string
  calls: SlackCall[]
  messages: SlackMessage[]
  /** Users by id; messages reach them in the conversation D and the id's rest. */
  users: Map<string, { email: string; confirmed?: boolean; deleted?: boolean; teamId?: string }>
  /** Breaks calls of a method: with an error code, or by hanging up after it was done. */
  trouble: Map<string, string | 'hang-up'>
  stop(): Promise<void>
}

const OWN_TEAM = 'T0OWN'

/** A server that speaks the part of Slack's Web API that is used, and keeps what it is told. */
export async function startSlackWorkspace(): Promise<SlackWorkspace> {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const url = new URL(request.url ?? '/', 'http://slack.test')
    const method = url.pathname.replace('/api/', '')
    const input = text ? JSON.parse(text) : Object.fromEntries(url.searchParams)
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    workspace.calls.push({ method, input, token })
    const trouble = workspace.trouble.get(method)
    if (trouble !== undefined && trouble !== 'hang-up')
      return response.end(JSON.stringify({ ok: false, error: trouble }))
    const answer =
      token === workspace.botToken ? answerOf(workspace, method, input) : { ok: false, error: 'invalid_auth' }
    if (trouble === 'hang-up') return request.socket.destroy()
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const workspace: SlackWorkspace = {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    botToken: `xoxb-${newId()}`,
    signingSecret: newId().replaceAll('-', ''),
    calls: [],
    messages: [],
    users: new Map(),
    trouble: new Map(),
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
  return workspace
}

function answerOf(workspace: SlackWorkspace, method: string, input: Record<string, unknown>): object {
  const { users, messages } = workspace
  const idOf = (email: unknown) => [...users].find(([, user]) => user.email === email)?.[0]
  switch (method) {
    case 'users.lookupByEmail': {
      const id = idOf(input.email)
      return id ? { ok: true, user: { id } } : { ok: false, error: 'users_not_found' }
    }
    case 'users.info': {
      const user = users.get(String(input.user))
      if (!user) return { ok: false, error: 'user_not_found' }
      const { email, confirmed = true, deleted = false, teamId = OWN_TEAM } = user
      const facts = { deleted, is_bot: false, is_email_confirmed: confirmed, team_id: teamId }
      return { ok: true, user: { ...facts, profile: { email } } }
    }
    case 'auth.test':
      return { ok: true, team_id: OWN_TEAM }
    case 'conversations.open':
      return { ok: true, channel: { id: `D${String(input.users).slice(1)}` } }
    case 'conversations.history':
      return { ok: true, messages: messages.filter(({ channel }) => channel === input.channel) }
    case 'chat.postMessage': {
      const ts = `${1_700_000_000 + messages.length}.000100`
      messages.push({ ...(input as Omit<SlackMessage, 'ts'>), ts })
      return { ok: true, channel: input.channel, ts }
    }
    case 'chat.update': {
      const at = messages.findIndex(({ channel, ts }) => channel === input.channel && ts === input.ts)
      if (at < 0) return { ok: false, error: 'message_not_found' }
      messages[at] = { ...(messages[at] as SlackMessage), ...input }
      return { ok: true, ts: input.ts }
    }
    default:
      return { ok: true }
  }
}

/** A request that Slack would make of a payload, signed with the workspace's secret at a time. */
export function slackRequest(workspace: SlackWorkspace, channelId: string, payload: object, at = new Date()) {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return { channelId, timestamp, body, signature: slackSignature(workspace.signingSecret, timestamp, body) }
}
