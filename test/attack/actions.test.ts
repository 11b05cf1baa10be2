import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { DEFAULT_PREFERENCES } from '#core/notifications/preferences.ts'
import type { ActionResult } from '#lib/platform/action.ts'
import type { Context, VerbArgs } from '#lib/platform/context.ts'
import { DomainError } from '#lib/platform/errors.ts'
import { CHARTER } from '#test/board.ts'
import { makeOrganization } from '#test/organization.ts'
import { sampleInput, takesIds } from './sample-input.ts'
import { makeVictim, type Victim } from './victim.ts'

// A request as Next.js would describe it: without a session.
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => undefined }),
}))

type Verb = (args: VerbArgs) => Promise<unknown>
interface ExposedAction {
  name: string
  file: string
  verbName: string
  verbFile: string
}

/** Verbs on what is the caller's own, or on as much as the caller may see; open to everyone with a session. */
const FOR_EVERYONE = new Set(['saveView', 'deleteView', 'dismissNotice', 'markRead', 'runSearch'])
/** The ways in and out, which need no session and have a factory of their own. */
const ENTRANCE = 'lib/sign-in/enter.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const files = globSync('lib/*/actions.ts', { cwd: ROOT }).sort()
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const exposed = files.flatMap(actionsOf)
const cases = exposed.map(action => [action.name, action] as const)

function actionsOf(file: string): ExposedAction[] {
  const source = read(file)
  return [...source.matchAll(/^export const (\w+) = action\((\w+)\)$/gm)].map(([, name = '', verbName = '']) => {
    const from =
      new RegExp(`import \\{[^}]*\\b${verbName}\\b[^}]*\\} from '\\./([\\w-]+\\.ts)'`).exec(source)?.[1] ?? ''
    return { name, file, verbName, verbFile: path.join(path.dirname(file), from) }
  })
}

describe.each(files)('%s', file => {
  const source = read(file)
  test('is marked and exports nothing but what the factory made', () => {
    expect(source.startsWith("'use server'\n")).toBe(true)
    expect(source).toContain("import { action } from '#lib/platform/action.ts'\n")
    const exports = source.split('\n').filter(line => /\bexport\b/.test(line))
    expect(exports.length).toBeGreaterThan(0)
    for (const line of exports) expect(line).toMatch(/^export const \w+Action = action\(\w+\)$/)
  })
})

test('no other file is marked as one whose exports the browser may call, but doors made by a factory', () => {
  const marked = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: ROOT }).filter(file =>
    /^['"]use server['"]/.test(read(file)),
  )
  for (const file of marked.filter(one => !files.includes(one))) {
    const factory =
      file === ENTRANCE ? /^export const \w+ = sign(In|Out)Action\(\w*\)$/ : /^export const \w+ = action\(/
    const exports = read(file)
      .split('\n')
      .filter(line => /^export\b/.test(line))
    for (const line of exports) expect(line, file).toMatch(factory)
  }
})

async function load(file: string, name: string): Promise<unknown> {
  const module = (await import(path.join(ROOT, file))) as Record<string, unknown>
  return module[name]
}

/** The schema a verb reads its input by, found where the verb's own source imports it from. */
async function schemaOf({ verbFile, verbName }: ExposedAction): Promise<z.ZodType> {
  const source = read(verbFile)
  const name = /parseInput\((\w+), /.exec(source.slice(source.indexOf(`function ${verbName}`)))?.[1] ?? ''
  if (source.includes(`const ${name} = z.strictObject({ id: z.uuid() })`)) return z.strictObject({ id: z.uuid() })
  const from = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '([^']+)'`).exec(source)?.[1] ?? ''
  const file = from.startsWith('#') ? `${from.slice(1)}` : path.join(path.dirname(verbFile), from)
  const schema = await load(file, name)
  if (!(schema instanceof z.ZodType)) throw new Error(`${verbName} in ${verbFile} reads its input by no schema`)
  return schema
}

let victim: Victim
let stranger: Context
beforeAll(async () => {
  victim = await makeVictim()
  stranger = (await makeOrganization()).admin
})

const BY_HAND: Record<string, (id: string) => object> = {
  setRemote: () => ({ url: 'https://git.example.test/governance.git' }),
  attachFile: id => ({
    ...{ recordKind: 'risk', recordId: id, name: 'sample.txt', mediaType: 'text/plain' },
    content: 'c2FtcGxl',
  }),
  createBudget: () => ({ name: 'sample', scope: 'organization', window: { kind: 'month' }, limitUsd: '1' }),
  createRateLimit: id => ({ name: 'sample', scope: 'team', target: id, measure: 'concurrency', limit: 1 }),
  requestIncrease: id => ({ id, limitUsd: '30', reason: 'sample' }),
  linkClause: id => ({ id, clause: 'U1', links: [] }),
  addModelSigner: () => ({ name: 'sample', identity: { issuer: 'https://login.example.test', subject: 'sample' } }),
  registerModelVersion: id => ({
    modelId: id,
    label: '1.0.0',
    baseModel: 'sample',
    digest: `sha256:${'a'.repeat(64)}`,
    signerId: id,
    signature: { form: 'detached', signature: 'c2FtcGxl' },
  }),
  addModelPrice: id => ({ id, usdPerMillionTokens: { input: '1' } }),
  createDetector: () => ({ name: 'sample', pattern: { form: 'keywords', words: ['sample'] } }),
  setProviderCredential: id => ({ id, credential: 'a-sample-credential' }),
  setCharter: () => ({ ...CHARTER }),
  appointMember: id => ({ personId: id }),
  createChannel: () => ({ name: 'sample', target: { kind: 'webhook', url: 'https://hooks.example.test/x' } }),
  updateChannel: id => ({ id, name: 'sample' }),
  setPreferences: id => ({ personId: id, preferences: DEFAULT_PREFERENCES }),
  runSearch: () => ({ text: victim.marker }),
}

async function inputFor(action: ExposedAction, id: string, known: Record<string, string>): Promise<unknown> {
  const schema = await schemaOf(action)
  const idOf = (field: string) => (field === 'id' ? id : (known[field.replace(/s$/, '')] ?? newId()))
  const input = BY_HAND[action.verbName]?.(id) ?? sampleInput(schema, idOf)
  if (input === null) throw new Error(`Give ${action.verbName} a valid input in BY_HAND.`)
  return input
}

/** The refusal in words; null when there was none, and then the result shows nothing of the victim. */
async function refusalOf(verb: Verb, ctx: Context, input: unknown): Promise<string | null> {
  try {
    const result = JSON.stringify(await verb({ ctx, input })) ?? ''
    if (ctx.organizationId !== victim.organizationId) expect(result).not.toContain(victim.marker)
    return null
  } catch (error) {
    if (error instanceof DomainError) return `${error.kind}: ${error.message}`
    throw error
  }
}

describe.each(cases)('%s', (_, action) => {
  test('refuses who has no session', async () => {
    const run = (await load(action.file, action.name)) as (input: unknown) => Promise<ActionResult<unknown>>
    expect(await run({})).toMatchObject({ ok: false, error: { kind: 'unauthenticated' } })
  })

  test('refuses a person without a role', async () => {
    const verb = (await load(action.verbFile, action.verbName)) as Verb
    const before = await victim.fingerprint()
    for (const id of Object.values(victim.ids)) {
      const refusal = await refusalOf(verb, victim.nobody, await inputFor(action, id, victim.ids))
      if (!FOR_EVERYONE.has(action.verbName)) expect(refusal).toMatch(/^(permission_denied|not_found): /)
    }
    if (!FOR_EVERYONE.has(action.verbName)) expect(await victim.fingerprint()).toBe(before)
  })

  test('gives a person of another organization nothing, in the same words as for what does not exist', async () => {
    const verb = (await load(action.verbFile, action.verbName)) as Verb
    const before = await victim.fingerprint()
    const refers = takesIds(await schemaOf(action))
    const none = refers ? await refusalOf(verb, stranger, await inputFor(action, newId(), {})) : null
    if (refers) expect(none).toMatch(/^(permission_denied|not_found|invalid_input): /)
    for (const id of refers ? Object.values(victim.ids) : [newId()]) {
      const refusal = await refusalOf(verb, stranger, await inputFor(action, id, victim.ids))
      if (refers) expect(refusal).toBe(none)
    }
    expect(await victim.fingerprint()).toBe(before)
  })
})
