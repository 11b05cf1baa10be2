import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { verifyExport } from '#core/audit-record/verify-export.ts'
import { type Checkpoint, readCheckpoint } from '#core/checkpoint/checkpoint.ts'
import { readVerifierKey } from '#core/checkpoint/signed-note.ts'
import { Hindrance, main } from './launch/progress.ts'

const USAGE =
  'npm run verify-audit -- <export.jsonl> --checkpoint <file> --vkey <verifier key or file> [--older <file>]'

await main(async () => {
  const { positionals, values } = readArguments()
  const [file] = positionals
  if (!file || !values.checkpoint || !values.vkey) throw new Hindrance(`Usage: ${USAGE}`)
  const vkey = values.vkey.includes('+') ? values.vkey : (await readText(values.vkey)).trim()
  const newer = await readSigned(values.checkpoint, vkey)
  const older = values.older ? await readSigned(values.older, vkey) : undefined
  const lines = (await readText(file)).split('\n').filter(line => line.trim())
  const verdict = verifyExport(lines, newer, older)
  for (const finding of verdict.findings) process.stdout.write(`${finding.kind.padEnd(12)} ${finding.message}\n`)
  if (verdict.findings.length > 0) {
    process.stdout.write(
      `NOT PROVED: ${verdict.findings.length} findings against the checkpoint of ${newer.size} entries\n`,
    )
    return 1
  }
  const signed = newer.time ? `, signed ${newer.time}` : ''
  process.stdout.write(`PROVED: ${verdict.proved} entries are as in the checkpoint of ${newer.origin}${signed}\n`)
  if (older) process.stdout.write(`PROVED: the log continues the checkpoint of ${older.size} entries\n`)
  if (verdict.beyond > 0) process.stdout.write(`Nothing is said of ${verdict.beyond} later entries.\n`)
  return 0
})

function readArguments() {
  const option = { type: 'string' } as const
  try {
    return parseArgs({ allowPositionals: true, options: { checkpoint: option, older: option, vkey: option } })
  } catch (error) {
    throw new Hindrance(`${(error as Error).message}\nUsage: ${USAGE}`)
  }
}

async function readSigned(file: string, vkey: string): Promise<Checkpoint> {
  const text = await readText(file)
  try {
    // The answer of GET /audit/checkpoint is taken as it is.
    const note = text.trimStart().startsWith('{') ? (JSON.parse(text) as { note: string }).note : text
    return readCheckpoint(readVerifierKey(vkey), note)
  } catch (error) {
    throw new Hindrance(`NOT PROVED: ${file}: ${(error as Error).message}`)
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Hindrance(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
