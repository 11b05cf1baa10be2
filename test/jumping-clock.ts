import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** A wall clock that a test moves. */
export interface JumpingClock {
  /** What a process is started with, so that it goes by this clock. */
  env: Record<string, string>
  /** Sets how far it is from the real one, at once. */
  set(offMs: number): void
  remove(): void
}

/** Makes a wall clock for processes under test; their monotonic one stays as it is, as when a real clock is set. */
export function makeJumpingClock(): JumpingClock {
  const directory = mkdtempSync(path.join(tmpdir(), 'clock-'))
  const file = path.join(directory, 'off')
  const set = (offMs: number) => {
    writeFileSync(`${file}.new`, String(offMs))
    renameSync(`${file}.new`, file)
  }
  set(0)
  const preload = pathToFileURL(path.join(import.meta.dirname, 'clock-preload.ts')).href
  return {
    env: { TEST_CLOCK_FILE: file, NODE_OPTIONS: `--import=${preload}` },
    set,
    remove: () => rmSync(directory, { recursive: true }),
  }
}
