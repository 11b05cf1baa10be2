import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** A third of the processor against a process of normal priority, all of it when nobody else wants it. */
const NICENESS = 5

/**
 * Lets other processes go before this one and its children, while they want the processor: requests before records of
 * them. On Linux a process that leads a session is weighed against others by its session first (sched(7), "The autogroup
 * feature"). Where the system does not permit it, all stays as it is.
 */
export function giveWay(pid: number): void {
  try {
    setPriority(pid, NICENESS)
    writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS))
  } catch {
    // It works as fast as the others.
  }
}
