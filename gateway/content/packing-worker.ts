import { parentPort, workerData } from 'node:worker_threads'
import { deflateRawSync } from 'node:zlib'
import { sealContent } from '#core/content/content-cipher.ts'
import { isTruncated } from '#core/content/content-frame.ts'
import { SpoolCipher } from '#core/content/spool-cipher.ts'
import type { PackedContent, PackingAnswer, PackingJob, SpooledContent } from './packing-job.ts'

/** Below that, compression saves less than a row takes anyway. */
const WORTH_BYTES = 512

const cipher = new SpoolCipher(Buffer.from(workerData.spoolKey))

/** The thread that compresses content on its way out of the spool, so that the gateway's own goes on serving. */
parentPort?.on('message', (job: PackingJob) => parentPort?.postMessage(answer(job)))

function answer({ id, entries }: PackingJob): PackingAnswer {
  const packed = entries.flatMap(entry => pack(entry) ?? [])
  return { id, packed, unreadable: entries.length - packed.length }
}

function pack(entry: SpooledContent): PackedContent | null {
  const { id, occurredAt, organizationId, logging, keyId } = entry
  try {
    const frame = cipher.open(id, entry.sealed)
    const deflated = frame.length < WORTH_BYTES ? frame : deflateRawSync(frame)
    const smaller = deflated.length < frame.length
    const sealed = sealContent(Buffer.from(entry.dataKey), entry, smaller ? 'deflated' : 'plain', deflated)
    return {
      id,
      occurredAt,
      organizationId,
      logging,
      keyId,
      truncated: isTruncated(frame),
      plainBytes: frame.length,
      sealed: sealed.toString('base64'),
    }
  } catch {
    // Spooled under another installation's key, or damaged: nobody can read it, so nobody keeps it.
    return null
  }
}
