import { describe, expect, test } from 'vitest'
import { ask, messagesOf, receive, stop } from './conversation.ts'

const text = (words: string) => ({ type: 'text', text: words }) as const
const end = { type: 'end', requestId: 'r', inputTokens: 5, outputTokens: 2 } as const

describe('an answer', () => {
  test('grows, and keeps when its first word came and when it was complete', () => {
    let turns = ask([], 'Hi')
    turns = receive(turns, text('Hel'), 120)
    turns = receive(turns, text('lo'), 140)
    turns = receive(turns, end, 150)
    expect(turns.at(-1)).toEqual({
      id: 2,
      role: 'assistant',
      text: 'Hello',
      state: 'complete',
      figures: { requestId: 'r', inputTokens: 5, outputTokens: 2, firstTokenMs: 120, totalMs: 150 },
    })
  })

  test('that was stopped takes nothing more', () => {
    const stopped = stop(receive(ask([], 'Hi'), text('Hel'), 10), 20)
    expect(receive(stopped, text('lo'), 30)).toEqual(stopped)
    expect(stopped.at(-1)).toMatchObject({ text: 'Hel', state: 'stopped', figures: { totalMs: 20 } })
  })

  test('that failed says why and names its request', () => {
    const failed = receive(ask([], 'Hi'), { type: 'error', message: 'Refused', requestId: 'r' }, 10)
    expect(failed.at(-1)).toMatchObject({ state: 'failed', problem: 'Refused', figures: { requestId: 'r' } })
  })
})

describe('what is sent', () => {
  test('is the conversation with the new question at its end', () => {
    const first = receive(receive(ask([], 'One'), text('1'), 1), end, 2)
    expect(messagesOf(ask(first, 'Two'))).toEqual([
      { role: 'user', content: 'One' },
      { role: 'assistant', content: '1' },
      { role: 'user', content: 'Two' },
    ])
  })

  test('leaves out a question whose answer failed', () => {
    const failed = receive(ask([], 'One'), { type: 'error', message: 'Refused', requestId: null }, 1)
    expect(messagesOf(ask(failed, 'Two'))).toEqual([{ role: 'user', content: 'Two' }])
  })
})
