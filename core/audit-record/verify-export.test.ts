import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { newId } from '../ids.ts'
import { rootOf } from '../merkle/tree.ts'
import { type AuditRecord, type ExportLine, leafHashOf } from './entry.ts'
import { verifyExport } from './verify-export.ts'

const organizationId = newId()
const entry = (number: number): AuditRecord => ({
  id: newId(),
  organizationId,
  occurredAt: new Date(1_767_225_600_000 + number).toISOString(),
  actor: { kind: 'person', id: newId(), name: 'Ada' },
  action: 'key.issued',
  subject: { kind: 'key', id: newId(), name: `key ${number}` },
  before: null,
  after: { limit: '1.50', models: ['a', 'b'], z: 1, a: { y: 2, x: null } },
  reason: null,
  requestId: newId(),
})

function exportOf(count: number) {
  const lines: ExportLine[] = Array.from({ length: count }, (_, index) => {
    const made = entry(index)
    return { index, leafHash: leafHashOf(made).toString('base64'), entry: made }
  })
  const at = (size: number): Checkpoint => ({
    origin: 'audit',
    size: BigInt(size),
    root: rootOf(lines.slice(0, size).map(line => leafHashOf(line.entry))),
    time: null,
  })
  return { lines, at }
}

const verify = (lines: ExportLine[], checkpoint: Checkpoint, older?: Checkpoint) =>
  verifyExport(
    lines.map(line => JSON.stringify(line)),
    checkpoint,
    older,
  )
const kinds = (lines: ExportLine[], checkpoint: Checkpoint, older?: Checkpoint) =>
  verify(lines, checkpoint, older).findings.map(finding => finding.kind)

const sizes = fc.integer({ min: 2, max: 24 })

describe('an export', () => {
  test('that is whole proves every entry, and the order of an entry’s fields does not matter', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (count, seed) => {
        const { lines, at } = exportOf(count)
        const turned = lines.map(line => ({
          ...line,
          entry: Object.fromEntries(Object.entries(line.entry).reverse()) as AuditRecord,
        }))
        expect(verify(turned, at(count), at(1 + (seed % count)))).toEqual({ findings: [], proved: count, beyond: 0 })
      }),
      { numRuns: 30 },
    )
  })

  test('may go on after the checkpoint, sealed or not', () => {
    const { lines, at } = exportOf(9)
    const waiting = { index: null, leafHash: null, entry: entry(9) }
    expect(verify([...lines, waiting], at(6))).toEqual({ findings: [], proved: 6, beyond: 4 })
  })
})

describe('tampering is found and named', () => {
  test('an altered entry', () => {
    const { lines, at } = exportOf(7)
    const changed = lines.map(line => (line.index === 4 ? { ...line, entry: { ...line.entry, reason: 'x' } } : line))
    const { findings, proved } = verify(changed, at(7))
    expect(findings).toMatchObject([{ kind: 'altered', message: expect.stringContaining('Entry 4 (line 5') }])
    expect(proved).toBe(0)
  })

  test('deleted entries', () => {
    const { lines, at } = exportOf(9)
    const left = lines.filter(line => ![2, 3, 6].includes(line.index ?? -1))
    expect(verify(left, at(9)).findings.map(finding => finding.message)).toEqual([
      'Entries 2 to 3 are missing.',
      'Entry 6 is missing.',
    ])
  })

  test('deleted entries whose neighbours were numbered anew', () => {
    const { lines, at } = exportOf(5)
    const left = lines.filter(line => line.index !== 2).map((line, index) => ({ ...line, index }))
    expect(kinds(left, at(5))).toEqual(['truncated'])
  })

  test('a truncated end', () => {
    const { lines, at } = exportOf(8)
    expect(verify(lines.slice(0, 5), at(8)).findings).toEqual([
      {
        kind: 'truncated',
        message: 'Entries 5 to 7 are missing at the end: the export was truncated after 5 of 8.',
      },
    ])
    expect(kinds([], at(8))).toEqual(['truncated'])
  })

  test('entries in another order', () => {
    const { lines, at } = exportOf(4)
    const [a, b, c, d] = lines as [ExportLine, ExportLine, ExportLine, ExportLine]
    expect(kinds([a, c, b, d], at(4))).toEqual(['out_of_order'])
    const swapped = [a, { ...c, index: 1 }, { ...b, index: 2 }, d]
    expect(kinds(swapped, at(4))).toEqual(['forged'])
    expect(kinds([a, b, b, c, d], at(4))).toEqual(['duplicate'])
  })

  test('entries rewritten with their hashes, narrowed down by an older checkpoint', () => {
    const { lines, at } = exportOf(10)
    const forge = (which: number) =>
      lines.map(line => {
        if (line.index !== which) return line
        const made = { ...line.entry, actor: { ...line.entry.actor, name: 'Mallory' } }
        return { ...line, leafHash: leafHashOf(made).toString('base64'), entry: made }
      })
    expect(verify(forge(8), at(10), at(6)).findings[0]?.message).toContain('among entries 6 to 9')
    expect(verify(forge(2), at(10), at(6)).findings[0]?.message).toContain('among entries 0 to 5')
  })

  test('a log that shrank or that does not continue an older checkpoint', () => {
    const { lines, at } = exportOf(6)
    expect(kinds(lines, at(4), at(6))).toEqual(['truncated'])
    expect(kinds(lines, at(6), { ...at(3), root: randomBytes(32) })).toEqual(['forged'])
    expect(kinds(lines, at(6), { ...at(3), origin: 'another' })).toEqual(['foreign'])
  })

  test('lines that are no entries', () => {
    const { lines, at } = exportOf(2)
    const texts = [...lines.map(line => JSON.stringify(line)), '{"index":2}']
    expect(verifyExport(texts, at(2)).findings).toEqual([
      { kind: 'unreadable', message: 'Line 3 is not an entry of an audit export.' },
    ])
  })
})
