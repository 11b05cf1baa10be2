import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { readContent } from '#lib/content-log/read-content.ts'
import type { ContentDto } from '#lib/content-log/schema.ts'
import { setContentLogging } from '#lib/content-log/set-content-logging.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { until } from './gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from './governed-suite.ts'

export interface ContentSuite extends GovernedSuite {
  /** Posts a request of a tier below /v1, and reads all of its answer. */
  ask(at: string, body: unknown, tier: string, more?: AskOptions): Promise<Asked>
  /** Reads what is kept of a request, as the administrator. Content follows its event, so it is waited for. */
  read(id: string): Promise<ContentDto>
}

export interface AskOptions {
  gateway?: { url: string }
  headers?: Record<string, string>
}

export interface Asked {
  status: number
  text: string
  id: string
}

/** A governed suite whose content log is on. Besides the tiers that all begin with, Confidential keeps metadata only. */
export async function startContentSuite(): Promise<ContentSuite> {
  const suite = await startGovernedSuite()
  const ctx = suite.org.admin
  await installGuardrails({ ctx, input: {} })
  await createTier({ ctx, input: { name: 'Confidential', rank: 5, contentLogging: 'metadata' } })
  await setContentLogging({ ctx, input: { enabled: true } })
  await suite.gateway.admin('POST', '/sync')
  return {
    ...suite,
    ask: async (at, body, tier, { gateway = suite.gateway, headers = {} } = {}) => {
      const all = { 'x-gatehouse-data-class': tier, ...headers }
      const answer = await postJson(`${gateway.url}/v1${at}`, suite.key, body, all)
      const text = await answer.text()
      return { status: answer.status, text, id: answer.headers.get('x-request-id') ?? '' }
    },
    read: async id => {
      await untilShipped(id)
      return readContent({ ctx, input: { id, reason: 'A test wants to see it' } })
    },
  }
}

/** A chat request that says a text. */
export function chatThat(says: string, stream = false): Record<string, unknown> {
  return { model: 'sandbox-gpt', stream, messages: [{ role: 'user', content: says }] }
}

/** Words that occur nowhere else. */
export function uniqueWords(): string {
  return `heron-${randomBytes(9).toString('hex')}`
}

/** The content entry of a request as it is stored; null: there is none, as its event says. */
export async function contentRow(id: string) {
  await untilShipped(id)
  return databases().system.requestContent.findFirst({ where: { id } })
}

/** Content that an event says is kept comes after it. */
async function untilShipped(id: string): Promise<void> {
  const kept = await contentKept(id)
  if (kept !== 'full' && kept !== 'restricted') return
  const count = () => databases().system.requestContent.count({ where: { id } })
  await until('its content is there', async () => (await count()) === 1, 20_000)
}

/** What the event of a request says became of its content. */
export async function contentKept(id: string): Promise<string | undefined> {
  return ((await eventOf(id)).detail as { content?: string }).content
}

/** Files below a folder that contain a text, plain, as hex or as base64. */
export function filesWith(words: string, folder: string): string[] {
  const forms = [words, Buffer.from(words).toString('hex')].flatMap(form => ['-e', form])
  try {
    return execFileSync('grep', ['-rlaF', ...forms, folder])
      .toString()
      .trim()
      .split('\n')
  } catch {
    return []
  }
}

/** Tables, of every schema, with a row that contains a text. */
export async function tablesWith(words: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`)
    const found: string[] = []
    for (const { name } of rows) {
      const query = `select exists (select from ${name} t where t::text like any($1)) as there`
      const hits = await owner.query(query, [[`%${words}%`, `%${Buffer.from(words).toString('hex')}%`]])
      if (hits.rows[0].there) found.push(name)
    }
    return found
  } finally {
    await owner.end()
  }
}
