import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { commentOnApproval } from '#lib/approvals/comment-on-approval.ts'
import { getApproval } from '#lib/approvals/queries.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { getBudget } from '#lib/budgets/queries.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { takeOwnDatabase } from '#test/own-database.ts'
import { type SlackWorkspace, slackRequest, startSlackWorkspace } from '#test/slack-workspace.ts'
import { createChannel } from '../create-channel.ts'
import { deliverDue } from '../deliver-due.ts'
import { answerInteraction } from './answer-interaction.ts'

let removeDatabase: () => Promise<void>
let workspace: SlackWorkspace
let here: TestOrganization
let lead: Context
let finance: Context
let channelId: string
beforeAll(async () => {
  removeDatabase = await takeOwnDatabase()
})
afterAll(() => removeDatabase?.())
beforeEach(async () => {
  workspace = await startSlackWorkspace()
  here = await makeOrganization()
  lead = await here.person(['team_lead'], { lead: true })
  finance = await here.person(['finance'], { teamId: null })
  workspace.users.set('U1FINANCE', { email: `${finance.actor.id}@example.test` })
  workspace.users.set('U2LEAD', { email: `${lead.actor.id}@example.test` })
  const { apiUrl, botToken, signingSecret } = workspace
  const target = { kind: 'slack', apiUrl, botToken, signingSecret, allowPrivateNetwork: true }
  channelId = (await createChannel({ ctx: here.admin, input: { name: 'Slack', target } })).id
  return () => workspace.stop()
})

async function ask(): Promise<{ id: string; budgetId: string; digest: string }> {
  const window = { kind: 'month', timeZone: 'UTC' }
  const input = { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '100' }
  const budget = await createBudget({ ctx: here.admin, input })
  const asked = { id: budget.id, limitUsd: '150', reason: 'a launch' }
  const { id } = await requestIncrease({ ctx: lead, input: asked })
  return { id, budgetId: budget.id, digest: (await getApproval(finance, id)).digest }
}

const inbox = (user: string) => workspace.messages.filter(({ channel }) => channel === `D${user.slice(1)}`)
const press = (action: string, value: object, user = 'U1FINANCE', ts = '1700000000.000100') => ({
  type: 'block_actions',
  user: { id: user },
  trigger_id: newId(),
  container: { channel_id: 'D1FINANCE', message_ts: ts },
  message: { text: 'USD 150 for a budget' },
  actions: [{ action_id: action, value: JSON.stringify(value) }],
})
const methods = () => workspace.calls.map(({ method }) => method)

/** Asks for a decision and has it delivered. */
async function delivered() {
  const asked = await ask()
  await deliverDue()
  const [message] = inbox('U1FINANCE')
  return { ...asked, ts: message?.ts ?? '', message }
}

describe('a request in Slack', () => {
  test('reaches whoever decides it, with what is asked for and buttons', async () => {
    const { id, digest, message } = await delivered()
    const said = JSON.stringify(message?.blocks)
    for (const words of ['waits for your decision', '150', 'before: ', 'a launch']) expect(said).toContain(words)
    expect(said).toContain(JSON.stringify(JSON.stringify({ id, digest })).slice(1, -1))
    expect(inbox('U2LEAD')).toEqual([])
  })

  test('is approved by a press, with the authority of the person, and the message says so', async () => {
    const { id, digest, budgetId, ts } = await delivered()
    const request = slackRequest(workspace, channelId, press('approve', { id, digest }, 'U1FINANCE', ts))
    expect(await answerInteraction(request)).toEqual({ status: 200, json: null })
    expect((await getBudget(finance, budgetId)).limitUsd).toBe('150.00')
    expect((await getApproval(finance, id)).votes).toMatchObject([{ voterName: finance.actor.name, vote: 'approve' }])
    const after = JSON.stringify(inbox('U1FINANCE')[0]?.blocks)
    expect(after).toContain('Approved')
    expect(after).not.toContain('"approve"')
    await deliverDue()
    expect(JSON.stringify(inbox('U2LEAD').at(-1)?.blocks)).toContain('is approved')
  })

  test('is rejected with the reason that is asked for', async () => {
    const { id, digest, budgetId, ts } = await delivered()
    await answerInteraction(slackRequest(workspace, channelId, press('reject', { id, digest }, 'U1FINANCE', ts)))
    expect((await getApproval(finance, id)).state).toBe('pending')
    const opened = workspace.calls.find(({ method }) => method === 'views.open')?.input.view as {
      private_metadata: string
    }
    const submission = (value: string) => ({
      type: 'view_submission',
      user: { id: 'U1FINANCE' },
      view: {
        callback_id: 'reject',
        private_metadata: opened.private_metadata,
        state: { values: { reason: { text: { value } } } },
      },
    })
    const empty = await answerInteraction(slackRequest(workspace, channelId, submission(' ')))
    expect(empty.json).toMatchObject({
      response_action: 'errors',
      errors: { reason: expect.stringMatching(/why not/) },
    })
    const done = await answerInteraction(slackRequest(workspace, channelId, submission('Not this quarter')))
    expect(done.json).toEqual({ response_action: 'clear' })
    expect(await getApproval(lead, id)).toMatchObject({ state: 'rejected', outcome: expect.stringMatching(/quarter/) })
    expect((await getBudget(finance, budgetId)).limitUsd).toBe('100.00')
  })

  test('is not decided twice: the second press reads what came of it', async () => {
    const { id, digest, ts } = await delivered()
    workspace.users.set('U3ADMIN', { email: `${here.admin.actor.id}@example.test` })
    for (const user of ['U3ADMIN', 'U1FINANCE']) {
      await answerInteraction(slackRequest(workspace, channelId, press('approve', { id, digest }, user, ts)))
    }
    expect((await getApproval(finance, id)).votes).toHaveLength(1)
    expect(JSON.stringify(inbox('U1FINANCE')[0]?.blocks)).toContain('approved already')
  })

  test('what was read is what is approved', async () => {
    const { id, ts } = await delivered()
    const other = { id, digest: 'f'.repeat(64) }
    await answerInteraction(slackRequest(workspace, channelId, press('approve', other, 'U1FINANCE', ts)))
    expect((await getApproval(finance, id)).state).toBe('pending')
  })
})

describe('what people write', () => {
  test('mentions nobody and hides no link where Slack reads mrkdwn', async () => {
    const { id, digest, ts } = await delivered()
    const payload = press('approve', { id, digest }, 'U1FINANCE', ts)
    payload.message.text = '&lt;!channel&gt; &amp; more'
    await answerInteraction(slackRequest(workspace, channelId, payload))
    const [message] = inbox('U1FINANCE')
    expect(message?.text).toMatch(/^&lt;!channel&gt; &amp; more: Approved/)
    expect(JSON.stringify(message?.blocks)).toContain('<!channel> & more')
  })

  test('about a request comes without buttons: only what asks for the decision has them', async () => {
    const { id } = await delivered()
    await commentOnApproval({ ctx: here.admin, input: { id, kind: 'question', text: 'Why <!here> so much?' } })
    await deliverDue()
    const asked = inbox('U2LEAD').at(-1)
    expect(JSON.stringify(asked?.blocks)).toContain('Why <!here> so much?')
    expect(JSON.stringify(asked?.blocks)).not.toContain('"approve"')
  })
})

describe('nobody decides', () => {
  test.each([
    ['whose e-mail address nobody here has', { email: 'stranger@example.test' }],
    ['whose e-mail address is not confirmed', { confirmed: false }],
    ['who left the workspace', { deleted: true }],
    ['who is of another workspace, in a channel that both share', { teamId: 'T9OTHER' }],
  ])('%s', async (_, change) => {
    const { id, digest, ts } = await delivered()
    workspace.users.set('U1FINANCE', { email: `${finance.actor.id}@example.test`, ...change })
    await answerInteraction(slackRequest(workspace, channelId, press('approve', { id, digest }, 'U1FINANCE', ts)))
    expect((await getApproval(finance, id)).state).toBe('pending')
    expect(methods().at(-1)).toBe('chat.postEphemeral')
  })

  test('what they asked for themselves, or without the right, by a button of somebody else’s', async () => {
    const { id, digest, ts } = await delivered()
    workspace.users.set('U4DEV', { email: `${(await here.person(['developer'])).actor.id}@example.test` })
    for (const user of ['U2LEAD', 'U4DEV']) {
      await answerInteraction(slackRequest(workspace, channelId, press('approve', { id, digest }, user, ts)))
      expect(workspace.calls.at(-1)).toMatchObject({ method: 'chat.postEphemeral', input: { user } })
    }
    expect((await getApproval(finance, id)).state).toBe('pending')
  })

  test('who was deactivated here', async () => {
    const { id, digest, ts } = await delivered()
    await databases().system.person.update({ where: { id: finance.actor.id ?? '' }, data: { status: 'deactivated' } })
    await answerInteraction(slackRequest(workspace, channelId, press('approve', { id, digest }, 'U1FINANCE', ts)))
    expect((await getApproval(here.admin, id)).state).toBe('pending')
  })

  test.each([
    ['forged', (request: ReturnType<typeof slackRequest>) => ({ ...request, signature: `v0=${'0'.repeat(64)}` })],
    ['without a signature', (request: ReturnType<typeof slackRequest>) => ({ ...request, signature: null })],
    ['changed on its way', (request: ReturnType<typeof slackRequest>) => ({ ...request, body: `${request.body}&x=1` })],
    ['to a channel that is none', (request: ReturnType<typeof slackRequest>) => ({ ...request, channelId: newId() })],
    ['to what is no id', (request: ReturnType<typeof slackRequest>) => ({ ...request, channelId: '../x' })],
  ])('by a request that is %s', async (_, change) => {
    const { id, digest, ts } = await delivered()
    const request = slackRequest(workspace, channelId, press('approve', { id, digest }, 'U1FINANCE', ts))
    expect(await answerInteraction(change(request))).toEqual({ status: 401, json: null })
    expect((await getApproval(finance, id)).state).toBe('pending')
  })

  test('by a request that is late, or sent again', async () => {
    const { id, digest, ts } = await delivered()
    const payload = press('reject', { id, digest }, 'U1FINANCE', ts)
    const late = slackRequest(workspace, channelId, payload, new Date(Date.now() - 301_000))
    expect((await answerInteraction(late)).status).toBe(401)
    const request = slackRequest(workspace, channelId, payload)
    const answers = await Promise.all([1, 2, 3].map(() => answerInteraction(request)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
    expect(methods().filter(method => method === 'views.open')).toHaveLength(1)
  })

  test('through another organization’s workspace', async () => {
    const { id, digest, ts } = await delivered()
    const elsewhere = await makeOrganization()
    const { apiUrl, botToken, signingSecret } = workspace
    const target = { kind: 'slack', apiUrl, botToken, signingSecret, allowPrivateNetwork: true }
    const other = await createChannel({ ctx: elsewhere.admin, input: { name: 'Slack', target } })
    await answerInteraction(slackRequest(workspace, other.id, press('approve', { id, digest }, 'U1FINANCE', ts)))
    expect((await getApproval(finance, id)).state).toBe('pending')
  })
})

describe('delivery', () => {
  test('that broke off after the message was there sends no second', async () => {
    await ask()
    workspace.trouble.set('chat.postMessage', 'hang-up')
    await deliverDue()
    workspace.trouble.clear()
    expect(inbox('U1FINANCE')).toHaveLength(1)
    await deliverDue(new Date(Date.now() + 3_600_000))
    expect(inbox('U1FINANCE')).toHaveLength(1)
    const sent = { channelId, personId: finance.actor.id ?? '', state: 'sent' }
    expect(await databases().system.notificationDelivery.count({ where: sent })).toBe(1)
  })

  test.each([
    ['ratelimited', 'waiting'],
    ['channel_not_found', 'failed'],
  ])('refused with %s is %s', async (error, state) => {
    workspace.trouble.set('chat.postMessage', error)
    await ask()
    await deliverDue()
    const to = { channelId, personId: finance.actor.id ?? '' }
    expect(await databases().system.notificationDelivery.findFirst({ where: to })).toMatchObject({ state })
  })
})
