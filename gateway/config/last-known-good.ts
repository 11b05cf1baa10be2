import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { ConfigRow } from './configuration.ts'

const Copy = z.strictObject({
  rows: z.array(
    z.strictObject({
      organization_id: z.string(),
      kind: z.string(),
      id: z.string(),
      version: z.string(),
      doc: z.unknown(),
      deleted: z.boolean(),
    }),
  ),
})

/**
 * The configuration's copy on disk, for a start while Postgres is away. It holds what the documents hold: sealed
 * credentials and keyed hashes of keys, nothing that opens by itself.
 */
export class LastKnownGood {
  readonly #file: string
  #writing: Promise<void> | null = null
  #again: (() => ConfigRow[]) | null = null

  constructor(directory: string) {
    this.#file = path.join(directory, 'config.json')
  }

  /** The kept rows; null when there is no copy, or none that can be read. */
  async read(): Promise<ConfigRow[] | null> {
    const text = await readFile(this.#file, 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return Copy.parse(JSON.parse(text)).rows
    } catch {
      return null
    }
  }

  /** Keeps the rows, soon; several calls in a row write the last one. Rejects when the disk refuses. */
  keep(rows: () => ConfigRow[]): Promise<void> {
    this.#again = rows
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null
    })
    return this.#writing
  }

  async #write(): Promise<void> {
    while (this.#again) {
      const rows = this.#again
      this.#again = null
      await mkdir(path.dirname(this.#file), { recursive: true })
      const temporary = `${this.#file}.tmp`
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify({ rows: rows() }))
        await file.datasync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#file)
    }
  }
}
