import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditRecord, leafHashOf } from '#core/audit-record/entry.ts'
import { writeCheckpoint } from '#core/checkpoint/checkpoint.ts'
import { makeSigner, verifierKey } from '#core/checkpoint/signed-note.ts'
import { newId } from '#core/ids.ts'
import { rootOf } from '#core/merkle/tree.ts'

const signer = makeSigner('gatehouse/audit/test', randomBytes(32))
let folder: string
let lines: string[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-verify-audit-'))
  const entries = Array.from({ length: 6 }, (_, index) => entry(index))
  lines = entries.map((made, index) =>
    JSON.stringify({ index, leafHash: leafHashOf(made).toString('base64'), entry: made }),
  )
  for (const size of [4, 6]) {
    const root = rootOf(entries.slice(0, size).map(leafHashOf))
    const note = writeCheckpoint(signer, { origin: signer.name, size: BigInt(size), root, time: null })
    await writeFile(path.join(folder, `${size}.txt`), note)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const entry = (number: number): AuditRecord => ({
  id: newId(),
  organizationId: newId(),
  occurredAt: '2026-01-02T03:04:05.000Z',
  actor: { kind: 'system', id: null, name: 'test' },
  action: 'key.issued',
  subject: { kind: 'key', id: newId(), name: `key ${number}` },
  before: null,
  after: { number },
  reason: null,
  requestId: 'test',
})

async function verify(exported: string[], checkpoint: string, vkey = verifierKey(signer)) {
  const file = path.join(folder, 'audit.jsonl')
  await writeFile(file, `${exported.join('\n')}\n`)
  const older = path.join(folder, '4.txt')
  const args = ['scripts/verify-audit.ts', file, '--checkpoint', checkpoint, '--older', older, '--vkey', vkey]
  const child = spawn('node', args, { cwd: path.resolve(import.meta.dirname, '..') })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', text => {
      said += text
    })
  }
  const code = await new Promise(resolve => child.once('close', resolve))
  return { code, said }
}

test('a whole export is proved, and that it continues the older checkpoint', async () => {
  const { code, said } = await verify(lines, path.join(folder, '6.txt'))
  expect(code).toBe(0)
  expect(said).toContain('PROVED: 6 entries')
  expect(said).toContain('continues the checkpoint of 4 entries')
})

test('an export that lost an entry is not, and the entry is named', async () => {
  const { code, said } = await verify(lines.toSpliced(2, 1), path.join(folder, '6.txt'))
  expect(code).toBe(1)
  expect(said).toContain('Entry 2 is missing.')
})

test('a checkpoint that another key signed is refused', async () => {
  const stranger = verifierKey(makeSigner('gatehouse/audit/test', randomBytes(32)))
  const { code, said } = await verify(lines, path.join(folder, '6.txt'), stranger)
  expect(code).toBe(1)
  expect(said).toContain('not signed by')
})
