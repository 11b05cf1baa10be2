import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { playgroundCode } from './playground-code.ts'

const call = {
  gatewayUrl: 'http://127.0.0.1:4000',
  model: 'm',
  system: "Don't guess. $HOME `id`",
  messages: [{ role: 'user' as const, content: 'It\'s 5 o\'clock\nin "quotes"' }],
  maxTokens: 64,
}

/** What a real shell hands over as the body. */
function bodyOf(code: string): unknown {
  const script = code.replace(/^curl/, `printf '%s\\n'`)
  const lines = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })
  return JSON.parse(lines.slice(lines.indexOf('{')))
}

describe('the code of a conversation', () => {
  test('a shell reads the body as it was asked, quotes and dollars untouched', () => {
    expect(bodyOf(playgroundCode({ ...call, dialect: 'chat' }))).toEqual({
      model: 'm',
      max_completion_tokens: 64,
      messages: [{ role: 'system', content: call.system }, ...call.messages],
    })
  })

  test('on the messages wire the system prompt stands beside the messages', () => {
    const code = playgroundCode({ ...call, dialect: 'messages' })
    expect(code).toContain('/v1/messages')
    expect(bodyOf(code)).toEqual({ model: 'm', max_tokens: 64, system: call.system, messages: call.messages })
  })
})
