import { readFileSync } from 'node:fs'

/** How one target is loaded. */
export type Load = {
  readonly connections: number
  readonly seconds: number
  readonly kilobytes: number
  readonly streamed: boolean
  /** What the sandbox provider is asked to do, as in `chunk-delay=20`; empty: nothing. */
  readonly fault?: string
  /** After so many bodies the first one comes again; absent: never. */
  readonly distinct?: number
}

const TEXT = (
  JSON.parse(readFileSync(new URL('../core/guardrails/corpus/business-text.json', import.meta.url), 'utf8')) as string[]
).join(' ')

/**
 * Bodies of a chat of about this size: ordinary business text, and in each a number of its own, so that nothing of the
 * answer or of the inspection can be remembered from the request before.
 */
export function bodies({ kilobytes, streamed, fault, distinct = Number.POSITIVE_INFINITY }: Load): () => string {
  const text = TEXT.repeat(Math.ceil((kilobytes * 1024) / TEXT.length))
  const model = process.env.GATEHOUSE_MODEL ?? 'sandbox-gpt'
  const marker = fault ? ` [sandbox: ${fault}]` : ''
  const frame = JSON.stringify({
    model,
    ...(streamed ? { stream: true } : {}),
    messages: [
      { role: 'system', content: 'You are a helpful assistant who answers in a few plain words.' },
      { role: 'user', content: `@@${marker}` },
    ],
  })
  const [head = '', tail = ''] = frame.split('@@')
  const filling = JSON.stringify(text.slice(0, Math.max(0, kilobytes * 1024 - frame.length - 12))).slice(1, -1)
  let sent = 0
  return () => `${head}Note ${1 + (sent++ % distinct)}. ${filling}${tail}`
}
