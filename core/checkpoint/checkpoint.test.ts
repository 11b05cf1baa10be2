import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { makeSigner, openNote, readVerifierKey, signNote, verifierKey } from './signed-note.ts'

const signer = makeSigner('gatehouse.test/audit', randomBytes(32))
const verifier = readVerifierKey(verifierKey(signer))
const checkpoint = { origin: 'gatehouse.test/audit', size: 42n, root: randomBytes(32), time: '2026-01-02T03:04:05Z' }

describe('a signed note', () => {
  test('that another implementation signed opens with the key that it published', () => {
    const key = readVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    const signature = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
    expect(openNote(key, `${text}\n— PeterNeumann ${signature}\n`)).toBe(text)
  })

  test('verifier keys with a key id of another key are refused', () => {
    const key = verifierKey(signer).replace(/\+[0-9a-f]{8}\+/, '+00000000+')
    expect(() => readVerifierKey(key)).toThrow(/key id/)
  })

  test('opens with its own key only', () => {
    const note = signNote(signer, 'hello\n')
    expect(openNote(verifier, note)).toBe('hello\n')
    const stranger = readVerifierKey(verifierKey(makeSigner('gatehouse.test/audit', randomBytes(32))))
    expect(() => openNote(stranger, note)).toThrow(/not signed/)
  })

  test('that was altered is refused', () => {
    const note = signNote(signer, 'hello\n').replace('hello', 'hullo')
    expect(() => openNote(verifier, note)).toThrow(/altered or forged/)
  })
})

describe('a checkpoint', () => {
  test('is read back as it was written', () => {
    const note = writeCheckpoint(signer, checkpoint)
    expect(note.split('\n').slice(0, 2)).toEqual(['gatehouse.test/audit', '42'])
    expect(readCheckpoint(verifier, note)).toEqual(checkpoint)
  })

  test('with another size is refused', () => {
    const note = writeCheckpoint(signer, checkpoint).replace('\n42\n', '\n43\n')
    expect(() => readCheckpoint(verifier, note)).toThrow(/altered or forged/)
  })

  test.each(['gatehouse.test/audit\n042\nAAAA\n', 'one line\n', 'a\n1\nnot a hash\n'])(
    'of the wrong form is refused: %j',
    text => {
      expect(() => readCheckpoint(verifier, signNote(signer, text))).toThrow(/not a checkpoint/)
    },
  )
})
