import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TRANSLATED_DIALECTS, type TranslatedDialect } from './conversation.ts'
import { TRANSLATIONS } from './translated-dialects.ts'
import { UntranslatableError } from './untranslatable.ts'

const OPTIONS = { model: 'm', maxTokens: 100, olderLimit: false }
/** Names that the readers look for, and values that they look for under them. */
const NAMES = [
  ...['model', 'messages', 'input', 'system', 'tools', 'tool_choice', 'stop', 'stream', 'metadata', 'text', 'format'],
  ...['role', 'content', 'type', 'tool_calls', 'function', 'name', 'arguments', 'id', 'call_id', 'output', 'summary'],
  ...['source', 'data', 'image_url', 'file', 'file_data', 'url', 'thinking', 'signature', 'tool_use_id', 'is_error'],
  ...[
    'choices',
    'delta',
    'message',
    'index',
    'usage',
    'finish_reason',
    'content_block',
    'response',
    'item',
    'logprobs',
  ],
  ...[
    'annotations',
    'citations',
    'reasoning_content',
    'refusal',
    'stop_reason',
    'output_index',
    '__proto__',
    'toString',
  ],
]
const WORDS = [
  ...[
    'user',
    'assistant',
    'system',
    'tool',
    'text',
    'image',
    'document',
    'tool_use',
    'tool_result',
    'function',
    'file',
  ],
  ...['input_text', 'output_text', 'image_url', 'function_call', 'function_call_output', 'reasoning', 'json_schema'],
  ...[
    'message_start',
    'content_block_start',
    'content_block_delta',
    'text_delta',
    'signature_delta',
    'citations_delta',
  ],
  ...['response.created', 'response.output_item.added', 'response.output_text.delta', 'response.completed', 'message'],
  ...[
    'base64',
    'url',
    'auto',
    'none',
    'any',
    'allowed_tools',
    'thinking',
    'redacted_thinking',
    'refusal',
    'stop',
    '{}',
  ],
]

/** JSON out of the words of the dialects, put together in any way. */
const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom<unknown>(...WORDS, null, true, false, 0, 1, -1, 1e308, '', 'x'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 6 }),
  ),
}))

const RUNS = { numRuns: 3_000 }

describe.each(TRANSLATED_DIALECTS)('%s', dialect => {
  const others = TRANSLATED_DIALECTS.filter(one => one !== dialect)

  test('any request is translated, or refused by name', () => {
    fc.assert(
      fc.property(json, fc.constantFrom<TranslatedDialect>(...others), (body, to) => {
        const asked = () => TRANSLATIONS[to].writeRequest(TRANSLATIONS[dialect].readRequest(body), OPTIONS)
        expect(reasonOf(asked)).toBeOneOf([null, UntranslatableError])
      }),
      RUNS,
    )
  })

  test('any answer is translated, or is none', () => {
    fc.assert(
      fc.property(json, fc.constantFrom<TranslatedDialect>(...others), (body, to) => {
        const answered = () => TRANSLATIONS[to].writeAnswer(TRANSLATIONS[dialect].readAnswer(body))
        expect(reasonOf(answered)).toBeOneOf([null, SyntaxError])
      }),
      RUNS,
    )
  })

  test('any stream is translated, or is broken', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), fc.constantFrom<TranslatedDialect>(...others), (events, to) => {
        const [reader, writer] = [TRANSLATIONS[dialect].eventReader(), TRANSLATIONS[to].eventWriter(true)]
        const streamed = () => {
          for (const event of events) for (const step of reader.read(JSON.stringify(event))) writer.write(step)
          writer.finish()
        }
        expect(reasonOf(streamed)).toBeOneOf([null, SyntaxError])
      }),
      RUNS,
    )
  })
})

/** The kind of error that is thrown, of those that are meant to be; null: none. */
function reasonOf(attempt: () => unknown): unknown {
  try {
    attempt()
    return null
  } catch (error) {
    if (error instanceof UntranslatableError) return UntranslatableError
    return error instanceof SyntaxError ? SyntaxError : error
  }
}
