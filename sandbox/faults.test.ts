import fc from 'fast-check'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultSyntaxError, faultInText, parseFault } from './faults.ts'
import { type Sandbox, startSandbox } from './server.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

type Asked = { fault?: string; stream?: boolean; text?: string; signal?: AbortSignal }

function openAi({ fault, stream = false, text = 'Say hello', signal }: Asked): Promise<Response> {
  return fetch(`${sandbox.url}/v1/chat/completions`, {
    method: 'POST',
    headers: fault ? { 'x-sandbox-fault': fault } : {},
    body: JSON.stringify({ model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: text }] }),
    signal: signal ?? null,
  })
}

function anthropic({ fault, stream = false }: Asked): Promise<Response> {
  return fetch(`${sandbox.url}/v1/messages`, {
    method: 'POST',
    headers: { 'anthropic-version': '2023-06-01', ...(fault && { 'x-sandbox-fault': fault }) },
    body: JSON.stringify({
      model: 'sandbox-claude',
      max_tokens: 64,
      stream,
      messages: [{ role: 'user', content: 'Say hello' }],
    }),
  })
}

/** Everything that arrives before the end or the break of an answer. */
async function readUntilBreak(response: Response): Promise<{ text: string; broken: boolean }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
    return { text, broken: false }
  } catch {
    return { text, broken: true }
  }
}

const framesIn = (text: string) => text.split('\n\n').filter(Boolean)

describe('the fault grammar', () => {
  it('reads names and numbers', () => {
    expect(parseFault('latency=200; status=429,retry-after=2 overloaded')).toEqual({
      latencyMs: 200,
      status: 429,
      retryAfter: 2,
      overloaded: true,
    })
    expect(parseFault('error-in-200;malformed')).toEqual({ errorAfter: 0, malformedAt: 1 })
    expect(faultInText('Say [sandbox: cut=3] hello [sandbox:latency=1]')).toEqual({
      fault: { cutAfter: 3, latencyMs: 1 },
      text: 'Say  hello',
    })
  })

  it('refuses what it does not know, and says what it knows', () => {
    for (const text of ['explode', 'cut', 'cut=-1', 'status=200', 'cut=1.5', 'latency=', 'constructor=1']) {
      expect(() => parseFault(text), text).toThrow(FaultSyntaxError)
    }
    expect(() => parseFault('explode')).toThrow(/known: latency, status/)
  })

  it('either reads a text or says what is wrong, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        try {
          return typeof parseFault(text) === 'object'
        } catch (error) {
          return error instanceof FaultSyntaxError
        }
      }),
    )
  })
})

describe('errors on request', () => {
  it('answers a status in the shape of each vendor', async () => {
    const limited = await openAi({ fault: 'status=429;retry-after=2' })
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toBe('2')
    expect(await limited.json()).toMatchObject({ error: { type: 'requests', code: 'rate_limit_exceeded' } })
    const failed = await anthropic({ fault: 'status=500' })
    expect(failed.status).toBe(500)
    expect(await failed.json()).toMatchObject({ type: 'error', error: { type: 'api_error' } })
  })

  it('is overloaded as each vendor is', async () => {
    const busy = await anthropic({ fault: 'overloaded', stream: true })
    expect(busy.status).toBe(529)
    expect(await busy.json()).toMatchObject({ error: { type: 'overloaded_error', message: 'Overloaded' } })
    expect((await openAi({ fault: 'overloaded' })).status).toBe(503)
  })

  it('reports an error inside a 200', async () => {
    const whole = await openAi({ fault: 'error-in-200' })
    expect(whole.status).toBe(200)
    expect(await whole.json()).toMatchObject({ error: { type: 'server_error' } })
    const stream = await anthropic({ fault: 'error-in-200=2', stream: true })
    expect(stream.status).toBe(200)
    const frames = framesIn(await stream.text())
    expect(frames).toHaveLength(3)
    expect(frames[2]).toMatch(/^event: error\n/)
  })

  it('refuses a fault that it cannot read, from header and text alike', async () => {
    expect((await openAi({ fault: 'explode' })).status).toBe(400)
    expect((await openAi({ text: '[sandbox:explode]' })).status).toBe(400)
  })
})

describe('broken answers', () => {
  it('cuts a stream after so many frames', async () => {
    const { text, broken } = await readUntilBreak(await openAi({ fault: 'cut=3', stream: true }))
    expect(broken).toBe(true)
    expect(framesIn(text)).toHaveLength(3)
    await expect(openAi({ fault: 'cut=0', stream: true })).rejects.toThrow()
  })

  it('cuts a whole answer in the middle', async () => {
    const { text, broken } = await readUntilBreak(await openAi({ fault: 'cut=1' }))
    expect(broken).toBe(true)
    expect(text).toMatch(/^{"id":"chatcmpl-/)
  })

  it('falls silent with the connection open', async () => {
    const leave = new AbortController()
    const response = await openAi({ fault: 'stall=3', stream: true, signal: leave.signal })
    const reader = response.body?.getReader()
    let text = ''
    while (framesIn(text).length < 3) text += new TextDecoder().decode((await reader?.read())?.value)
    const silence = reader?.read().then(
      () => 'spoke',
      () => 'left',
    )
    leave.abort()
    expect(await silence).toBe('left')
    expect(framesIn(text)).toHaveLength(3)
  })

  it('breaks one frame of a stream, and the body of a whole answer', async () => {
    const frames = framesIn(await (await openAi({ fault: 'malformed=2', stream: true })).text())
    const parses = frames.slice(0, 3).map(frame => {
      try {
        return typeof JSON.parse(frame.slice('data: '.length)) === 'object'
      } catch {
        return false
      }
    })
    expect(parses).toEqual([true, false, true])
    expect(frames.at(-1)).toBe('data: [DONE]')
    await expect((await openAi({ fault: 'malformed' })).json()).rejects.toThrow(SyntaxError)
  })
})

describe('slow and long answers', () => {
  it('waits before the first byte, while others are answered', async () => {
    const order: string[] = []
    const slow = openAi({ fault: 'latency=300' }).then(() => order.push('slow'))
    await openAi({}).then(() => order.push('fast'))
    await slow
    expect(order).toEqual(['fast', 'slow'])
  })

  it('waits between frames, while others are answered', async () => {
    const order: string[] = []
    const first = await openAi({ fault: 'chunk-delay=50', stream: true })
    const slow = readUntilBreak(first).then(({ text }) => order.push(framesIn(text).at(-1) ?? ''))
    await openAi({ stream: true }).then(response => response.text())
    order.push('fast')
    await slow
    expect(order).toEqual(['fast', 'data: [DONE]'])
  })

  it('answers with so many tokens', async () => {
    const client = new OpenAI({ apiKey: 'x', baseURL: `${sandbox.url}/v1`, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Say hello [sandbox:tokens=500]' }]
    const inText = await client.chat.completions.create({ model: 'sandbox-gpt', messages })
    expect(inText.usage?.completion_tokens).toBe(500)
    const headers = { 'x-sandbox-fault': 'tokens=120' }
    const asked = await client.chat.completions.create({ model: 'sandbox-gpt', messages }, { headers })
    expect(asked.usage?.completion_tokens).toBe(120)
  })
})
