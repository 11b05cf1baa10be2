import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { fleetSummary, getReplica, listReplicas, waitForVersion } from './queries.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

interface Heartbeat {
  state?: string
  configVersion?: bigint
  secondsAgo?: number
}

/** A heartbeat as a gateway writes it. */
async function heartbeat({ state = 'ready', configVersion = 0n, secondsAgo = 0 }: Heartbeat = {}): Promise<string> {
  const id = newId()
  const at = new Date(Date.now() - secondsAgo * 1_000)
  const times = { configAt: at, startedAt: at, lastSeenAt: at }
  const data = { id, name: id, adminUrl: 'http://127.0.0.1:1', state, configVersion, stats: {}, ...times }
  await databases().system.gatewayReplica.create({ data })
  return id
}

const catchUp = (id: string, configVersion: bigint) =>
  databases().system.gatewayReplica.update({ where: { id }, data: { configVersion, configAt: new Date() } })

describe('the fleet', () => {
  test('counts as behind only what this organization has published', async () => {
    const { configVersion } = await issueKey({ ctx: here.admin, input: { name: 'a', teamId: here.teamId } })
    const id = await heartbeat({ configVersion: BigInt(configVersion) - 1n })
    expect((await getReplica(here.admin, id)).documentsBehind).toBe(1)
    expect((await getReplica(elsewhere.admin, id)).documentsBehind).toBe(0)
    expect((await listReplicas(here.admin)).publishedVersion).toBe(configVersion)
    expect((await listReplicas(elsewhere.admin)).publishedVersion).toBeNull()
  })

  test('a silent replica is lost, one silent for days is forgotten', async () => {
    const silent = await heartbeat({ secondsAgo: 60 })
    const gone = await heartbeat({ secondsAgo: 3 * 86_400 })
    expect((await getReplica(here.admin, silent)).state).toBe('lost')
    await expect(getReplica(here.admin, gone)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('the summary leaves out lost and draining replicas', async () => {
    const before = await fleetSummary(elsewhere.admin)
    await Promise.all([heartbeat(), heartbeat({ state: 'draining' }), heartbeat({ secondsAgo: 60 })])
    const after = await fleetSummary(elsewhere.admin)
    expect(after.running - before.running).toBe(1)
    expect(after.known - before.known).toBe(2)
  })

  test('waiting for a version ends when every running replica has it', async () => {
    const id = await heartbeat()
    const { configVersion } = await issueKey({ ctx: here.admin, input: { name: 'b', teamId: here.teamId } })
    const version = BigInt(configVersion)
    expect((await waitForVersion(here.admin, version, 0)).tookMs).toBeNull()
    const waiting = waitForVersion(here.admin, version, 10_000)
    await databases().system.gatewayReplica.updateMany({ data: { configVersion: version, configAt: new Date() } })
    await catchUp(id, version)
    const rollout = await waiting
    expect(rollout.live).toBe(rollout.running)
    expect(rollout.tookMs).toBeGreaterThanOrEqual(0)
  })
})

test('without the permission there is no fleet, and an id that is none names nothing', async () => {
  const nobody = await here.person([])
  const attempts: (() => Promise<unknown>)[] = [
    () => listReplicas(nobody),
    async () => getReplica(nobody, await heartbeat()),
  ]
  for (const attempt of attempts) {
    await expect(Promise.resolve().then(() => attempt())).rejects.toMatchObject({ kind: 'permission_denied' })
  }
  const scopeless = here.serviceToken(['keys.read'])
  await expect(Promise.resolve().then(() => listReplicas(scopeless))).rejects.toMatchObject({
    kind: 'permission_denied',
  })
  await expect(getReplica(here.admin, "'; drop table people --")).rejects.toMatchObject({ kind: 'not_found' })
})
