import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SpoolCipher } from '#core/content/spool-cipher.ts'
import { newId } from '#core/ids.ts'
import { blockAt, type ContentEntry, openBlock, sealBlock } from './content-block.ts'
import { readBlocks } from './read-blocks.ts'

const cipher = new SpoolCipher(randomBytes(32))
const buffer = Buffer.alloc(64 * 1024)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-blocks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function entry(bytes: number): ContentEntry {
  const pieces = [randomBytes(bytes)]
  const occurredAt = new Date().toISOString()
  return { id: newId(), occurredAt, organizationId: newId(), logging: 'full', truncated: false, pieces }
}

/** What is read of a segment with these bytes, from its start. */
async function readOf(bytes: Buffer): Promise<Buffer> {
  const file = path.join(folder, `${newId()}.content`)
  await writeFile(file, bytes)
  const handle = await open(file)
  try {
    return Buffer.from(await readBlocks(handle, 0, buffer))
  } finally {
    await handle.close()
  }
}

test('as much as fits of small blocks, and a larger one whole', async () => {
  const small = Array.from({ length: 20 }, () => Buffer.concat(sealBlock(cipher, 1, [entry(10_000)])))
  expect(await readOf(Buffer.concat(small))).toHaveLength(buffer.length)
  const large = entry(1_500_000)
  const sealed = Buffer.concat(sealBlock(cipher, 2, [large]))
  const block = blockAt(await readOf(Buffer.concat([sealed, ...small])), 0)
  expect(block?.event).toBe(2)
  expect(block && openBlock(cipher, block)[0]?.frame.equals(Buffer.concat(large.pieces))).toBe(true)
})

test('of a block whose end is missing, what is there', async () => {
  const sealed = Buffer.concat(sealBlock(cipher, 3, [entry(100_000)]))
  const read = await readOf(sealed.subarray(0, 90_000))
  expect([read.length, blockAt(read, 0)]).toEqual([90_000, null])
})
