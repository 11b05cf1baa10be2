import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { startSandbox } from '#sandbox/server.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { askModel } from './ask-model.ts'
import { issuePlaygroundKey } from './issue-playground-key.ts'
import { readAnswer } from './read-answer.ts'
import type { PlaygroundEvent } from './schema.ts'

let here: TestOrganization
let sandbox: Awaited<ReturnType<typeof startSandbox>>

beforeAll(async () => {
  here = await makeOrganization()
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

async function answerOf(dialect: 'chat' | 'messages', prompt: string): Promise<PlaygroundEvent[]> {
  const chat = { model: 'sandbox-gpt', stream_options: { include_usage: true } }
  const messages = { model: 'sandbox-claude', max_tokens: 64 }
  const response = await fetch(`${sandbox.url}${dialect === 'chat' ? '/v1/chat/completions' : '/v1/messages'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'any', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({
      ...(dialect === 'chat' ? chat : messages),
      stream: true,
      messages: [{ role: 'user', content: prompt }],
    }),
  })
  const events: PlaygroundEvent[] = []
  for await (const event of readAnswer({ dialect, response })) events.push(event)
  return events
}

describe.each(['chat', 'messages'] as const)('an answer on the %s wire', dialect => {
  test('becomes text and an end with its tokens', async () => {
    const events = await answerOf(dialect, 'Say hello')
    expect(events.filter(event => event.type === 'text').length).toBeGreaterThan(0)
    expect(events.at(-1)).toMatchObject({
      type: 'end',
      outputTokens: expect.any(Number),
      inputTokens: expect.any(Number),
    })
  })

  test('that is cut off ends in an error, never as if it were whole', async () => {
    const events = await answerOf(dialect, 'Say hello [sandbox:cut=3]')
    expect(events.at(-1)).toMatchObject({ type: 'error' })
    expect(events.some(event => event.type === 'end')).toBe(false)
  })

  test('that is refused gives the refusal in words', async () => {
    const [event] = await answerOf(dialect, 'Say hello [sandbox:status=500]')
    expect(event).toMatchObject({ type: 'error', message: expect.stringMatching(/\w+/) })
  })
})

describe('who may', () => {
  const ask = (teamId: string) => ({ teamId, modelId: teamId, messages: [{ role: 'user', content: 'x' }] })
  const { signal } = new AbortController()

  test('nobody without the permission', async () => {
    const finance = await here.person(['finance'])
    await expect(askModel({ ctx: finance, input: ask(here.teamId), signal })).rejects.toMatchObject({
      kind: 'permission_denied',
    })
  })

  test('no model and no team of another organization', async () => {
    const stranger = await (await makeOrganization()).person(['developer'])
    await expect(askModel({ ctx: stranger, input: ask(here.teamId), signal })).rejects.toMatchObject({
      kind: 'not_found',
    })
    const attempt = transact(stranger, tx => issuePlaygroundKey(tx, stranger, here.teamId))
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('a member gets a key of 15 minutes, audited', async () => {
    const developer = await here.person(['developer'])
    const issued = await transact(developer, tx => issuePlaygroundKey(tx, developer, here.teamId))
    expect(issued.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000)
    expect(await databases().system.auditEntry.count({ where: { subjectId: issued.id } })).toBe(1)
  })
})
