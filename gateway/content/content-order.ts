/** What the thread that ships content begins with. */
export interface ContentThread {
  readonly directory: string
  readonly spoolKey: Uint8Array
  readonly databaseUrl: string
  /** Segments before this one were left by a process before this. */
  readonly first: string
}

/** What it is told: how far it may go, and under which keys. */
export interface ContentOrder {
  /** Events of this process up to this number are in Postgres. */
  readonly through: number
  /** Those that a process before this left are, too. */
  readonly leftShipped: boolean
  /** Requests go first: nothing more is shipped before the next order. */
  readonly waits: boolean
  /** The segment that is being written. */
  readonly active: string | null
  /** The key in force of each organization that keeps content. */
  readonly keys: ReadonlyMap<string, { readonly id: string; readonly key: Uint8Array }>
}

/** What became of content that was spooled, by entries. */
export interface ContentCounts {
  /** Postgres has it. */
  readonly kept: number
  /** Of these, what was longer than a minute in the spool. */
  readonly late: number
  /** Its organization keeps none any more. */
  readonly noKey: number
  /** Blocks that did not open: sealed under another installation's key, or damaged. */
  readonly unreadable: number
  readonly refused: number
}

export const NO_COUNTS: ContentCounts = { kept: 0, late: 0, noKey: 0, unreadable: 0, refused: 0 }

/** What it tells. */
export interface ContentReport {
  /** Bytes of segments that are done with. */
  readonly bytes: number
  /** What became of the entries in them. */
  readonly counts: ContentCounts
  /** Why Postgres refused, or why it cannot be reached. */
  readonly problem: { readonly refused: boolean; readonly message: string; readonly code: string | null } | null
}
