import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, test } from 'vitest'
import { type SnippetInput, snippetsFor } from './snippets.ts'

const input: SnippetInput = {
  gatewayUrl: 'http://127.0.0.1:4000',
  key: 'gh_live_abc_def',
  models: { chat: 'chat-model', messages: 'messages-model', responses: 'responses-model' },
}

describe('snippets', () => {
  test('every one carries the address, the key and a model of its own wire', () => {
    for (const snippet of snippetsFor(input)) {
      expect(snippet.code).toContain('http://127.0.0.1:4000')
      expect(snippet.code).toContain('gh_live_abc_def')
      expect(snippet.code).toMatch(/(chat|messages|responses)-model/)
      expect(snippet.caveat).toBeNull()
    }
  })

  test('Anthropic clients get the root and a messages model, OpenAI clients /v1 and a chat model', () => {
    const byId = new Map(snippetsFor(input).map(snippet => [snippet.id, snippet.code]))
    for (const id of ['anthropic-python', 'anthropic-typescript', 'claude-code']) {
      expect(byId.get(id)).toContain('messages-model')
      expect(byId.get(id)).not.toContain('/v1')
    }
    for (const id of ['curl', 'openai-python', 'openai-typescript', 'vercel-ai', 'langchain', 'cursor']) {
      expect(byId.get(id)).toContain('http://127.0.0.1:4000/v1')
      expect(byId.get(id)).toContain('chat-model')
    }
  })

  test('TypeScript is TypeScript', () => {
    for (const snippet of snippetsFor(input).filter(each => each.language === 'TypeScript')) {
      expect(() => stripTypeScriptTypes(snippet.code)).not.toThrow()
    }
  })

  test('the body that curl sends is JSON', () => {
    const curl = snippetsFor(input)[0]?.code ?? ''
    expect(JSON.parse(/-d '(.*)'/.exec(curl)?.[1] ?? '')).toMatchObject({ model: 'chat-model' })
  })

  test('says so when no model speaks the wire', () => {
    const caveats = snippetsFor({ ...input, models: { chat: 'chat-model' } })
      .filter(snippet => snippet.caveat)
      .map(snippet => snippet.id)
    expect(caveats).toEqual(['anthropic-python', 'anthropic-typescript', 'claude-code', 'codex'])
  })
})
