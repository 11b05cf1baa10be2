import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { proveConsistency, verifyConsistency } from '../merkle/proofs.ts'
import { rootOf } from '../merkle/tree.ts'
import { ExportLine, leafHashOf } from './entry.ts'

/** What is wrong with an export, one finding for each thing. */
export interface Finding {
  kind: 'unreadable' | 'altered' | 'missing' | 'truncated' | 'out_of_order' | 'duplicate' | 'forged' | 'foreign'
  message: string
}

export interface Verdict {
  findings: Finding[]
  /** Entries proved to be what the checkpoint says. */
  proved: number
  /** Entries after the checkpoint, and entries not sealed yet: nothing is said of them. */
  beyond: number
}

interface Leaf {
  line: number
  index: number
  hash: Buffer
}

/**
 * Proves from an export alone that it holds, unaltered, every entry that a checkpoint was signed over, and
 * that an older checkpoint is a beginning of it. Names the entries that are altered, missing or truncated.
 * The checkpoints' signatures must have been verified before.
 */
export function verifyExport(lines: readonly string[], checkpoint: Checkpoint, older?: Checkpoint): Verdict {
  const findings: Finding[] = []
  const { leaves, unsealed } = readLeaves(lines, findings)
  const size = Number(checkpoint.size)
  findings.push(...findGaps(leaves, size))
  const sealed = leaves.filter(leaf => leaf.index < size).sort((a, b) => a.index - b.index)
  const hashes = sealed.map(leaf => leaf.hash)
  const complete = findings.length === 0 && hashes.length === size
  if (complete && !rootOf(hashes).equals(checkpoint.root)) findings.push(forged(checkpoint, older, hashes))
  if (complete && older) findings.push(...checkOlder(hashes, checkpoint, older))
  const proved = findings.length === 0 ? size : 0
  return { findings, proved, beyond: leaves.length - sealed.length + unsealed }
}

function readLeaves(lines: readonly string[], findings: Finding[]): { leaves: Leaf[]; unsealed: number } {
  const leaves = new Map<number, Leaf>()
  let unsealed = 0
  let previous = -1
  lines.forEach((text, position) => {
    const line = position + 1
    const read = readLine(text)
    if (!read) {
      findings.push({ kind: 'unreadable', message: `Line ${line} is not an entry of an audit export.` })
      return
    }
    const { index, leafHash, entry } = read
    if (index === null || leafHash === null) {
      unsealed += 1
      return
    }
    const name = `Entry ${index} (line ${line}, ${entry.id}, ${entry.action})`
    const hash = leafHashOf(entry)
    if (hash.toString('base64') !== leafHash) {
      findings.push({ kind: 'altered', message: `${name} was altered: it does not have the hash it was sealed with.` })
    }
    if (leaves.has(index)) findings.push({ kind: 'duplicate', message: `${name} has a place that another entry has.` })
    else if (index < previous)
      findings.push({ kind: 'out_of_order', message: `${name} stands after entry ${previous}.` })
    previous = Math.max(previous, index)
    leaves.set(index, { line, index, hash })
  })
  return { leaves: [...leaves.values()], unsealed }
}

function readLine(text: string): ExportLine | null {
  try {
    return ExportLine.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function findGaps(leaves: Leaf[], size: number): Finding[] {
  const present = new Set(leaves.map(leaf => leaf.index))
  const last = Math.max(-1, ...[...present].filter(index => index < size))
  const findings: Finding[] = []
  for (let index = 0; index < last; index += 1) {
    if (present.has(index)) continue
    let end = index
    while (!present.has(end + 1)) end += 1
    findings.push({ kind: 'missing', message: `${span(index, end)} missing.` })
    index = end
  }
  if (last + 1 < size) {
    const message = `${span(last + 1, size - 1)} missing at the end: the export was truncated after ${last + 1} of ${size}.`
    findings.push({ kind: 'truncated', message })
  }
  return findings
}

function span(from: number, to: number): string {
  return from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`
}

/** Every entry has the hash that stands beside it, yet the root differs: entries and hashes were rewritten. */
function forged(checkpoint: Checkpoint, older: Checkpoint | undefined, hashes: Buffer[]): Finding {
  const rewritten = 'Entries were rewritten together with their hashes'
  const sound = older && older.size <= hashes.length && rootOf(hashes.slice(0, Number(older.size))).equals(older.root)
  const where = sound
    ? `among entries ${older.size} to ${checkpoint.size - 1n}`
    : older
      ? `among entries 0 to ${older.size - 1n}`
      : `among entries 0 to ${checkpoint.size - 1n}`
  return { kind: 'forged', message: `${rewritten} ${where}: the root is not the one in the checkpoint.` }
}

function checkOlder(hashes: Buffer[], checkpoint: Checkpoint, older: Checkpoint): Finding[] {
  if (older.origin !== checkpoint.origin) {
    return [{ kind: 'foreign', message: `The older checkpoint is of another log (${older.origin}).` }]
  }
  const [from, to] = [Number(older.size), Number(checkpoint.size)]
  if (from > to) {
    return [{ kind: 'truncated', message: `The log shrank: ${from} entries were signed for before, now ${to}.` }]
  }
  if (from === 0) return []
  if (verifyConsistency(from, older.root, to, checkpoint.root, proveConsistency(hashes, from))) return []
  const message = `The log does not continue the older checkpoint: history before entry ${from} was rewritten.`
  return [{ kind: 'forged', message }]
}
