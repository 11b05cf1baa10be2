import { expect, test } from 'vitest'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { channelSuite, makeNews, tell } from '#test/channel-suite.ts'
import { createChannel } from './create-channel.ts'
import { deliverDue } from './deliver-due.ts'
import { testChannel } from './test-channel.ts'

const suite = channelSuite()

const teams = (change: object = {}) =>
  createChannel({
    ctx: suite.here.admin,
    input: {
      name: 'Teams',
      target: { kind: 'teams', url: suite.receiver.url, allowPrivateNetwork: true },
      ...change,
    },
  })
const envelope = () => JSON.parse(suite.receiver.received.at(-1)?.body ?? '{}')
const block = (...runs: object[]) => ({
  type: 'RichTextBlock',
  inlines: runs.map(run => ({ type: 'TextRun', ...run })),
})
const card = () => envelope().attachments[0].content

test('news comes as one Adaptive Card in the envelope that workflows take', async () => {
  const { id } = await teams()
  await tell(suite.here.admin, makeNews({ dueAt: new Date(0) }))
  expect(await deliverDue()).toBe(1)
  expect(suite.receiver.received[0]?.headers['content-type']).toBe('application/json')
  expect(envelope()).toEqual({
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: expect.any(Object) },
    ],
  })
  expect(card()).toEqual({
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block({ text: 'A key expires', weight: 'Bolder', size: 'Medium' }),
      block({ text: 'Rotate it' }),
      block({ text: 'For: ', weight: 'Bolder' }, { text: suite.here.admin.actor.name }),
      block({ text: 'Due: ', weight: 'Bolder' }, { text: '1970-01-01 00:00 UTC' }),
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Open in Gatehouse', url: `${portalUrl()}/build/keys` }],
  })
  expect(await suite.deliveries(id)).toMatchObject([{ state: 'sent', attempts: [{ status: 200 }] }])
})

test('a request comes with what is asked for, what it was before, and the way to decide it', async () => {
  await teams({ newsKinds: ['approval_waiting'] })
  const lead = await suite.here.person(['team_lead'], { lead: true })
  await suite.here.person(['finance'], { teamId: null })
  const window = { kind: 'month', timeZone: 'UTC' }
  const budget = { name: 'Search', scope: 'team', target: suite.here.teamId, window, limitUsd: '100' }
  const { id: budgetId } = await createBudget({ ctx: suite.here.admin, input: budget })
  const { id } = await requestIncrease({ ctx: lead, input: { id: budgetId, limitUsd: '150', reason: 'a launch' } })
  await deliverDue()
  expect(JSON.stringify(card().body)).toMatch(/150[^"]*before: [^"]*100/)
  expect(card().actions).toMatchObject([{ type: 'Action.OpenUrl', url: `${portalUrl()}/approvals/${id}` }])
})

test('what people write is text: nothing in a card reads Markdown', async () => {
  await teams()
  const news = { title: '[Pay](https://evil.example)', detail: '**now**' }
  await tell(suite.here.admin, makeNews(news))
  await deliverDue()
  const { body } = card()
  expect(body.slice(0, 2)).toEqual([
    block({ text: news.title, weight: 'Bolder', size: 'Medium' }),
    block({ text: news.detail }),
  ])
  expect(JSON.stringify(body)).not.toMatch(/"TextBlock"|FactSet/)
})

test('a workflow that is gone has failed, one that is busy is tried again; the address is in no answer', async () => {
  const { id } = await teams()
  suite.receiver.answer = { status: 404, body: 'no such workflow' }
  const gone = await testChannel({ ctx: suite.here.admin, input: { id } })
  expect(gone).toMatchObject({ state: 'failed', attempts: [{ status: 404, answer: 'no such workflow' }] })
  suite.receiver.answer = { status: 429, headers: { 'retry-after': '60' } }
  const busy = await testChannel({ ctx: suite.here.admin, input: { id } })
  expect(busy.state).toBe('waiting')
  expect(new Date(busy.nextAt ?? 0).getTime() - Date.now()).toBeGreaterThan(50_000)
  expect(JSON.stringify([gone, busy])).not.toContain(suite.receiver.url)
})
