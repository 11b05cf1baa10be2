import { type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.ts'

/** A statement of a log's size and root, as specified by C2SP (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log. */
  origin: string
  size: bigint
  root: Buffer
  /** When it was signed, as an extension line `time <ISO 8601>`; null when the note has none. */
  time: string | null
}

const SIZE = /^(0|[1-9][0-9]*)$/
const HASH_BYTES = 32

export function writeCheckpoint(signer: NoteSigner, checkpoint: Checkpoint): string {
  const { origin, size, root, time } = checkpoint
  const lines = [origin, size.toString(), root.toString('base64'), ...(time ? [`time ${time}`] : [])]
  return signNote(signer, `${lines.join('\n')}\n`)
}

/** Reads a checkpoint and checks its signature. Throws when it is altered, forged or not a checkpoint. */
export function readCheckpoint(verifier: NoteVerifier, note: string): Checkpoint {
  const [origin = '', size = '', encodedRoot = '', ...extensions] = openNote(verifier, note).split('\n')
  const root = Buffer.from(encodedRoot, 'base64')
  if (!origin || !SIZE.test(size) || root.length !== HASH_BYTES)
    throw new Error('The note is not a checkpoint of a log.')
  const time = extensions.find(line => line.startsWith('time '))?.slice(5) ?? null
  return { origin, size: BigInt(size), root, time }
}
