import { postJson } from './governed-suite.ts'

export interface LoadResult {
  /** Request ids of answers that the client received to their end. */
  completed: string[]
  /** Answers with an error status, or that broke off. */
  failed: number
}

export interface LoadOptions {
  /** Where to send; asked anew for each request. */
  url: () => string
  key: string
  plain: number
  streaming: number
  concurrency: number
  fault?: string
  /** Called after each answer with the number of those received. */
  onAnswer?: (answered: number) => void
}

/** Sends plain and streaming chat requests in turn, so many at a time, and tells which were answered in full. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const kinds = [...Array(options.plain).fill(false), ...Array(options.streaming).fill(true)]
  const work = kinds.map((_, index) => kinds[(index * 7) % kinds.length] as boolean)
  const result: LoadResult = { completed: [], failed: 0 }
  let next = 0
  let answered = 0
  const worker = async () => {
    while (next < work.length) {
      const id = await sendOne(options, work[next++] ?? false).catch(() => null)
      if (id) result.completed.push(id)
      else result.failed++
      options.onAnswer?.(++answered)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, worker))
  return result
}

/** The request id when the answer came in full; null otherwise. */
async function sendOne({ url, key, fault }: LoadOptions, stream: boolean): Promise<string | null> {
  const body = { model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: 'Say hello' }] }
  const answer = await postJson(`${url()}/v1/chat/completions`, key, body, fault ? { 'x-sandbox-fault': fault } : {})
  const text = await answer.text()
  const whole = answer.ok && (stream ? text.endsWith('data: [DONE]\n\n') : JSON.parse(text).usage)
  return whole ? answer.headers.get('x-request-id') : null
}
