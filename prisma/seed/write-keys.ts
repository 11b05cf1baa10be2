import { hashSecret, makeKey } from '#core/api-key.ts'
import { publishKey } from '#lib/keys/publish-key.ts'
import type { Context } from '#lib/platform/context.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApiKey } from '#prisma/generated/client.ts'
import { type DemoKey, KEYS, REFUSED_REQUESTS } from './northwind/keys.ts'
import { DEVELOPER } from './northwind/people.ts'
import { DAY_MS, demand, HOUR_MS, type Scenario } from './scenario.ts'
import type { SeededCatalog } from './write-catalog.ts'
import type { SeededOrganization } from './write-organization.ts'

/** A key with what the history needs to know of it. */
export interface SeededKey {
  row: ApiKey
  plan: DemoKey
}

export interface SeededKeys {
  keys: SeededKey[]
  /** The text of the demonstration key: nowhere else is it known. */
  demoKey: string
}

const DEMO: DemoKey = {
  name: 'demo',
  team: 'support',
  owner: DEVELOPER,
  environment: 'development',
  age: 0,
  life: 30,
  weight: 0,
}

/** Creates and publishes every key, and the record of who asked for one. */
export async function writeKeys(
  tx: Transaction,
  ctx: Context,
  scenario: Scenario,
  parts: SeededOrganization & SeededCatalog,
): Promise<SeededKeys> {
  const keys: SeededKey[] = []
  for (const plan of KEYS) {
    const previous = plan.replacesPrevious ? (keys.at(-1)?.row.id ?? null) : null
    const { row } = await writeKey(tx, ctx, scenario, parts, plan, [], previous)
    keys.push({ row, plan })
  }
  const sandboxModels = [...parts.models.values()].filter(model => model.provider.kind === 'sandbox')
  const demo = await writeKey(
    tx,
    ctx,
    scenario,
    parts,
    DEMO,
    sandboxModels.map(model => model.id),
    null,
  )
  keys.push({ row: demo.row, plan: DEMO })
  await writeRequests(tx, scenario, parts, keys)
  return { keys, demoKey: demo.text }
}

async function writeKey(
  tx: Transaction,
  ctx: Context,
  { organizationId, now, random }: Scenario,
  { teams, people }: SeededOrganization,
  plan: DemoKey,
  modelIds: string[],
  rotatedFromId: string | null,
) {
  // Truly random, unlike all else here: a secret that can be derived from a seed is none.
  const made = makeKey('live')
  const createdAt = new Date(now - plan.age * DAY_MS - random.whole(0, 7_200) * 1_000)
  const row = await tx.apiKey.create({
    data: {
      id: random.id(createdAt.getTime()),
      organizationId,
      publicId: made.publicId,
      secretHash: Uint8Array.from(hashSecret(secretKey('api-key-hash'), made.secret)),
      name: plan.name,
      teamId: demand(teams, plan.team).id,
      personId: plan.owner ? demand(people, plan.owner).id : null,
      environment: plan.environment,
      modelIds,
      requestsPerMinute: plan.environment === 'production' ? null : 120,
      dailyLimitNanoUsd: plan.environment === 'development' ? 20_000_000_000n : null,
      createdAt,
      expiresAt: new Date(now + (plan.life - plan.age) * DAY_MS),
      revokedAt: plan.revoked ? new Date(now - plan.revoked[0] * DAY_MS) : null,
      revokedReason: plan.revoked?.[1] ?? null,
      rotatedFromId,
      graceUntil: plan.graceHours ? new Date(now + plan.graceHours * HOUR_MS) : null,
    },
  })
  await publishKey(tx, ctx, row)
  return { row, text: made.key }
}

async function writeRequests(
  tx: Transaction,
  { organizationId, now, random }: Scenario,
  { teams, people }: SeededOrganization,
  keys: SeededKey[],
): Promise<void> {
  await tx.keyRequest.createMany({
    data: [
      ...keys.map(({ row }) => ({
        id: random.id(row.createdAt.getTime()),
        organizationId,
        teamId: row.teamId,
        personId: row.personId,
        outcome: 'issued',
        automatic: true,
        keyId: row.id,
        createdAt: row.createdAt,
      })),
      ...REFUSED_REQUESTS.map(({ owner, team, age, reason }) => ({
        id: random.id(now - age * DAY_MS),
        organizationId,
        teamId: demand(teams, team).id,
        personId: demand(people, owner).id,
        outcome: 'refused',
        automatic: false,
        reason,
        createdAt: new Date(now - age * DAY_MS),
      })),
    ],
  })
}
