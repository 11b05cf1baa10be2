import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bodies of fewer bytes are few buffers among many objects. */
const LARGE_BYTES = 128 * 1024
/** Bytes of large bodies after which what they left is collected: a millisecond of work for a hundred of reading. */
const MOST_BYTES = 4 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void
setFlagsFromString('--no-expose-gc')

let bytes = 0

/**
 * Notes that a request with a body of so many bytes has been served. V8 collects young objects when they fill their
 * part of the heap; the buffers of large bodies are outside of it, and ten times as much would wait there.
 */
export function noteServedBody(size: number): void {
  if (size < LARGE_BYTES) return
  bytes += size
  if (bytes < MOST_BYTES) return
  bytes = 0
  setImmediate(collect, { type: 'minor' })
}
