import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDetectors } from '#lib/detectors/queries.ts'
import { updateDetector } from '#lib/detectors/update-detector.ts'
import { type ContentSuite, contentKept, contentRow, startContentSuite } from '#test/content-suite.ts'
import { eventOf } from '#test/governed-suite.ts'
import { type ScriptedProvider, startScriptedProvider } from '#test/scripted-provider.ts'

let suite: ContentSuite
let provider: ScriptedProvider

beforeAll(async () => {
  suite = await startContentSuite()
  provider = await startScriptedProvider(suite)
  const { admin } = suite.org
  const email = (await listDetectors(admin)).find(one => one.detector === 'email')
  const actions = { Public: 'raise', Internal: 'raise', Restricted: 'log' }
  const rule = { actions, raiseTo: 'Restricted', appliesTo: 'answer', shadow: false }
  await updateDetector({ ctx: admin, input: { id: email?.id, ...rule } })
  await suite.gateway.admin('POST', '/sync')
})
afterAll(async () => {
  await suite?.stop()
  provider?.stop()
})

const MAIL = 'Write to anna.lovelace@example.com'
const frame = (content: string) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`

/** Begins a stream that says these texts, and goes on as a test says. */
function begins(texts: readonly string[], then: (response: ServerResponse) => void) {
  return (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(texts.map(frame).join(''), () => then(response))
  }
}

function ask(signal?: AbortSignal): Promise<Response> {
  const body = { model: 'scripted-sandbox-gpt', stream: true, messages: [{ role: 'user', content: 'hello' }] }
  return fetch(`${suite.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${suite.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  })
}

async function expectRestricted(answer: Response, outcome: string): Promise<void> {
  const event = await eventOf(answer)
  expect(event).toMatchObject({ outcome, dataClass: 'Restricted' })
  expect(event.detail).toMatchObject({ findings: [{ detector: 'email', action: 'raise', count: 1 }] })
  expect(await contentKept(event.id)).toBe('metadata')
  expect(await contentRow(event.id)).toBeNull()
}

test('what a stream said just before its provider broke off raises its tier', async () => {
  provider.answers(begins(['One. ', MAIL], response => setTimeout(() => response.destroy(), 50)))
  const answer = await ask()
  await answer.text()
  await expectRestricted(answer, 'incomplete')
})

test('what a stream said just before its client left raises its tier', async () => {
  provider.answers(begins(['One. ', MAIL], () => {}))
  const leaving = new AbortController()
  const answer = await ask(leaving.signal)
  const reader = answer.body?.getReader()
  let received = ''
  while (!received.includes(MAIL)) received += new TextDecoder().decode((await reader?.read())?.value)
  leaving.abort()
  await expectRestricted(answer, 'client_aborted')
})
