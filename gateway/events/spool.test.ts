import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { SpoolCipher } from '#core/content/spool-cipher.ts'
import { newId } from '#core/ids.ts'
import { blockAt, type ContentEntry, openBlock } from '#gateway/content/content-block.ts'
import { ContentSegments } from '#gateway/content/content-segments.ts'
import { readLines } from './segments.ts'
import { Spool } from './spool.ts'

const root = mkdtempSync(path.join(tmpdir(), 'gatehouse-spool-'))
let count = 0
afterAll(() => rmSync(root, { recursive: true, force: true }))

const cipher = new SpoolCipher(Buffer.alloc(32))

async function openSpool(directory: string): Promise<Spool> {
  const contents = new ContentSegments(directory, cipher)
  const spool = new Spool({ directory, contents, maxBytes: 1e9, onAppend: () => {}, onFailure: () => {} })
  await spool.open()
  return spool
}

/** Everything that would be shipped, in order. */
async function readAll(spool: Spool): Promise<string[]> {
  const lines: string[] = []
  for (const segment of spool.segments) {
    while (segment.shipped < segment.size) {
      const { bytes } = await readLines(segment, 3)
      lines.push(...bytes.toString().trimEnd().split('\n'))
      segment.shipped += bytes.length
    }
  }
  return lines
}

test('after any crash, all complete lines are there in order, and a torn last one is not', async () => {
  const event = fc.json().map(text => text.replaceAll('\n', ' '))
  const lives = fc.array(fc.record({ events: fc.array(event, { maxLength: 8 }), torn: fc.option(event) }), {
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(lives, async processes => {
      const directory = path.join(root, String(count++))
      const expected: string[] = []
      for (const { events, torn } of processes) {
        const spool = await openSpool(directory)
        await Promise.all(events.map(line => spool.append(line)))
        expected.push(...events)
        // What a process leaves that is killed while it writes: its files, and half a line.
        const file = spool.segments.at(-1)?.file ?? ''
        if (torn) appendFileSync(file, torn.slice(0, Math.ceil(torn.length / 2)))
      }
      const spool = await openSpool(directory)
      expect(await readAll(spool)).toEqual(expected)
      spool.close()
    }),
    { numRuns: 60 },
  )
})

test('an append is on disk when it resolves, and what is appended together is written together', async () => {
  const directory = path.join(root, 'together')
  const spool = await openSpool(directory)
  await Promise.all(['1', '2', '3'].map(line => spool.append(line)))
  const [name] = readdirSync(directory)
  expect(readFileSync(path.join(directory, name ?? ''), 'utf8')).toBe('1\n2\n3\n')
  spool.close()
})

test('what is appended alone is written without waiting for a turn, and in its place', async () => {
  const directory = path.join(root, 'alone')
  const spool = await openSpool(directory)
  let turned = false
  setImmediate(() => {
    turned = true
  })
  await spool.append('1', null, true)
  expect(turned).toBe(false)
  await Promise.all([spool.append('2'), spool.append('3', null, true)])
  const [name] = readdirSync(directory)
  expect(readFileSync(path.join(directory, name ?? ''), 'utf8')).toBe('1\n2\n3\n')
  spool.close()
})

test('a disk that refuses makes the append fail and the spool refuse, until it can be written again', async () => {
  const spool = await openSpool(path.join(root, 'full'))
  spool.close()
  await expect(spool.append('{}')).rejects.toThrow()
  expect(spool.accepts).toBe(false)
  expect(spool.failure).not.toBeNull()
})

test('content is on disk when its event is, in one block a turn, and is taken back when the event cannot be written', async () => {
  const directory = path.join(root, 'content')
  const spool = await openSpool(directory)
  const entry = (text: string): ContentEntry => ({
    ...{ id: newId(), occurredAt: new Date().toISOString(), organizationId: newId() },
    ...{ logging: 'full', truncated: false, pieces: [Buffer.from(text), Buffer.from('!')] },
  })
  const [first, second] = [entry('one'), entry('two')]
  await Promise.all([spool.append('1', first), spool.append('2'), spool.append('3', second)])
  const file = path.join(directory, readdirSync(directory).find(name => name.endsWith('.content')) ?? '')
  const written = readFileSync(file)
  const block = blockAt(written, 0)
  expect([block?.event, block?.bytes.length]).toEqual([3, written.length])
  const { pieces: _, ...facts } = second
  const entries = block ? openBlock(cipher, block) : []
  expect(entries.map(({ frame }) => frame.toString())).toEqual(['one!', 'two!'])
  expect(entries[1]).toMatchObject(facts)
  expect(blockAt(written.subarray(0, -1), 0)).toBeNull()
  const [segment] = spool.segments
  if (segment) rmSync(segment.file)
  spool.close()
  await expect(spool.append('4', entry('four'))).rejects.toThrow()
  expect(readFileSync(file).length).toBe(written.length)
})
