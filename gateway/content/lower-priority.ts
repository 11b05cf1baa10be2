import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A tenth of the processor against a thread of normal priority, all of it when nobody else wants it. */
const NICENESS = 10

/** Lets all other threads go first, where the system can tell threads of a process apart: on Linux (proc(5)). */
export function lowerPriority(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), NICENESS)
  } catch {
    // Not on Linux, or not permitted: it works as fast as the others.
  }
}
