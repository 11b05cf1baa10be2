import type { FileHandle } from 'node:fs/promises'
import { blockBytes } from './content-block.ts'

/**
 * What stands in a segment from a position on: as much as goes into the buffer, and more for a block that is larger. It is
 * the buffer's own memory, or new.
 */
export async function readBlocks(handle: FileHandle, position: number, buffer: Buffer): Promise<Buffer> {
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
  const read = buffer.subarray(0, bytesRead)
  const first = blockBytes(read)
  if (first <= buffer.length) return read
  const { size } = await handle.stat()
  // A damaged length may be any.
  const large = Buffer.allocUnsafeSlow(Math.min(first, size - position))
  const whole = await handle.read(large, 0, large.length, position)
  return large.subarray(0, whole.bytesRead)
}
