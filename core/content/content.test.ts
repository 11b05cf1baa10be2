import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { completeJson } from './complete-json.ts'
import { newDataKey, openContent, sealContent, unwrapDataKey, wrapDataKey } from './content-cipher.ts'
import { frameContent, readFrame } from './content-frame.ts'
import { readableContent } from './readable-content.ts'
import { SpoolCipher } from './spool-cipher.ts'

const owner = { organizationId: newId(), id: newId() }
const bytes = fc.uint8Array({ maxLength: 2_000 })

describe('the frame', () => {
  test('gives back both texts', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        (asked, said, whole) => {
          const part = (text: string) => ({ bytes: Buffer.from(text), truncated: false })
          const response = whole ? { ...part(said), form: 'body' as const } : null
          const content = readFrame(Buffer.concat(frameContent(part(asked), response)))
          expect(content.request).toEqual({ text: asked.toWellFormed(), truncated: false })
          expect(content.response?.text ?? null).toBe(whole ? said.toWellFormed() : null)
        },
      ),
    )
  })

  test('that was cut through a character has no half of it', () => {
    const cut = { bytes: Buffer.from('für').subarray(0, 2), truncated: true }
    expect(readFrame(Buffer.concat(frameContent(cut, null))).request).toEqual({ text: 'f', truncated: true })
  })

  test('of another length is refused', () => {
    const frame = Buffer.concat([
      ...frameContent({ bytes: Buffer.from('{}'), truncated: false }, null),
      Buffer.from('x'),
    ])
    expect(() => readFrame(frame)).toThrow(/not as long/)
  })
})

describe('an entry', () => {
  test('opens with its key and owner, and shows nothing of the text', () => {
    const key = newDataKey()
    fc.assert(
      fc.property(bytes, plain => {
        const sealed = sealContent(key, owner, 'plain', plain)
        expect(openContent(key, owner, sealed)).toEqual({ form: 'plain', bytes: Buffer.from(plain) })
        if (plain.length >= 8) expect(sealed.includes(Buffer.from(plain))).toBe(false)
      }),
    )
  })

  test('opens with nothing else, and not with a bit changed', () => {
    const key = newDataKey()
    const sealed = sealContent(key, owner, 'deflated', Buffer.from('a text'))
    expect(() => openContent(newDataKey(), owner, sealed)).toThrow()
    expect(() => openContent(key, { ...owner, id: newId() }, sealed)).toThrow()
    expect(() => openContent(key, { ...owner, organizationId: newId() }, sealed)).toThrow()
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => openContent(key, owner, changed), `byte ${at}`).toThrow()
    }
  })

  test('has the key that RFC 5869 derives from the data key and its owner', () => {
    const key = newDataKey()
    const sealed = sealContent(key, owner, 'plain', Buffer.from('a text'))
    const own = Buffer.from(hkdfSync('sha256', key, owner.organizationId, `content:${owner.id}`, 32))
    const cipher = createDecipheriv('aes-256-gcm', own, sealed.subarray(1, 13), { authTagLength: 16 })
    expect(cipher.update(sealed.subarray(29)).toString()).toBe('a text')
  })

  test('has a ciphertext of its own each time', () => {
    const key = newDataKey()
    const seal = () => sealContent(key, owner, 'plain', Buffer.from('the same text')).toString('hex')
    expect(seal()).not.toBe(seal())
  })
})

test('a data key opens under the installation’s key and its own id only', () => {
  const [master, id, key] = [randomBytes(32), newId(), newDataKey()]
  const wrapped = wrapDataKey(master, id, key)
  expect(unwrapDataKey(master, id, wrapped)).toEqual(key)
  expect(() => unwrapDataKey(randomBytes(32), id, wrapped)).toThrow()
  expect(() => unwrapDataKey(master, newId(), wrapped)).toThrow()
})

describe('the spool’s cipher', () => {
  test('opens what another process sealed under the same key, with what is bound to it', () => {
    const master = randomBytes(32)
    const [before, after] = [new SpoolCipher(master), new SpoolCipher(master)]
    const head = Buffer.from('head')
    fc.assert(
      fc.property(bytes, bytes, (bound, plain) => {
        const sealed = Buffer.concat(before.seal(bound, plain))
        expect(after.open(bound, sealed)).toEqual(Buffer.from(plain))
        if (plain.length >= 8) expect(sealed.includes(Buffer.from(plain))).toBe(false)
      }),
    )
    const sealed = Buffer.concat(before.seal(head, Buffer.from('a text')))
    expect(() => after.open(Buffer.from('other'), sealed)).toThrow()
    expect(() => new SpoolCipher(randomBytes(32)).open(head, sealed)).toThrow()
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    expect(() => after.open(head, sealed)).toThrow()
  })

  test('never uses a nonce twice', () => {
    const cipher = new SpoolCipher(randomBytes(32))
    const nothing = Buffer.alloc(0)
    const nonces = Array.from({ length: 1_000 }, () =>
      Buffer.concat(cipher.seal(nothing, nothing)).toString('hex', 0, 28),
    )
    expect(new Set(nonces).size).toBe(1_000)
  })
})

describe('cut JSON', () => {
  test('is completed at every place after its first character', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1 }), fc.nat(), (value, at) => {
        const text = JSON.stringify(value)
        const cut = text.slice(0, 1 + (at % text.length))
        expect(Array.isArray(JSON.parse(completeJson(cut)))).toBe(true)
      }),
    )
  })

  test('keeps what came through of a text', () => {
    expect(JSON.parse(completeJson('{"a":[1,{"b":"some te'))).toEqual({ a: [1, { b: 'some te' }] })
    expect(JSON.parse(completeJson('{"a":"b\\u00'))).toEqual({ a: 'b' })
  })
})

test.each([
  [
    'chat',
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
    },
  ],
  ['messages', { system: 'Be brief.', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] }],
  ['responses', { instructions: 'Be brief.', input: 'Hi' }],
])('%s reads as a conversation', (dialect, body) => {
  const request = { text: JSON.stringify({ model: 'm', ...body }), truncated: false }
  const { conversation } = readableContent(dialect, { request, response: null })
  expect(conversation?.map(({ role, parts }) => [role, parts[0]?.text])).toEqual([
    ['system', 'Be brief.'],
    ['user', 'Hi'],
  ])
})

test('what is of no dialect stays text', () => {
  const content = {
    request: { text: 'nonsense', truncated: false },
    response: { text: '<html>', truncated: false, form: 'body' as const },
  }
  expect(readableContent('chat', content)).toEqual({ conversation: null, answers: null })
})

describe('several choices', () => {
  const choice = (index: number, content: string) => ({ index, message: { role: 'assistant', content } })
  const read = (dialect: string, value: unknown, form: 'body' | 'stream' = 'body') => {
    const response = { text: JSON.stringify(value), truncated: false, form }
    return readableContent(dialect, { request: { text: '{}', truncated: false }, response }).answers
  }

  test('of an answer are read each, in their order', () => {
    const chat = read('chat', { choices: [choice(1, 'second'), choice(0, 'first')] })
    expect(chat?.map(parts => parts[0]?.text)).toEqual(['first', 'second'])
    const completion = read('completions', { choices: [{ text: 'one' }, { text: 'two' }] })
    expect(completion).toEqual([[{ type: 'text', text: 'one' }], [{ type: 'text', text: 'two' }]])
  })

  test('of a stream are told apart', () => {
    const parts = [1, 0, 1].map((at, n) => ({ type: n === 2 ? 'refusal' : 'text', choice: at, text: `${at}${n}` }))
    expect(read('chat', parts, 'stream')?.map(one => one.map(({ text }) => text))).toEqual([['01'], ['10', '12']])
    expect(read('chat', [], 'stream')).toEqual([[]])
  })
})
