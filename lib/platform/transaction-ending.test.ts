import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { audit } from './audit.ts'
import { publishConfig, publishConfigNow, withdrawConfig } from './config-publish.ts'
import { databases } from './database.ts'
import { announce } from './live.ts'
import { type Transaction, transact } from './transaction.ts'

let org: TestOrganization
beforeAll(async () => {
  org = await makeOrganization()
})

const team = (name: string) => ({ name, slug: 'team', active: true })
const publish = (tx: Transaction, id: string, name: string) => publishConfig(tx, org.admin, 'team', id, team(name))
const documentOf = (id: string) => databases().system.gatewayConfig.findFirst({ where: { id } })
const note = (id: string, action: string) => ({ action, subject: { kind: 'team', id, name: 'Team' } })

test('a decision that has published holds up nobody before it ends', async () => {
  const [slow, quick] = [newId(), newId()]
  let goOn = () => {}
  const held = new Promise<void>(resolve => {
    goOn = resolve
  })
  const first = transact(org.admin, async tx => {
    await publish(tx, slow, 'Slow')
    await held
  })
  await transact(org.admin, tx => publish(tx, quick, 'Quick'))
  expect(await documentOf(slow)).toBeNull()
  goOn()
  await first
  const [one, two] = [await documentOf(quick), await documentOf(slow)]
  expect((one?.version ?? 0n) < (two?.version ?? 0n)).toBe(true)
})

test('what is left for the end is written in the order in which it was left, and news once', async () => {
  const id = newId()
  await transact(org.admin, async tx => {
    await publish(tx, id, 'First')
    await audit(tx, org.admin, note(id, 'team.first'))
    await withdrawConfig(tx, org.admin, 'team', id)
    await publish(tx, id, 'Last')
    await audit(tx, org.admin, note(id, 'team.last'))
    await announce(tx, org.admin, 'config', id)
    await announce(tx, org.admin, 'config', id)
  })
  expect(await documentOf(id)).toMatchObject({ deleted: false, doc: { name: 'Last' } })
  const entries = await databases().system.auditEntry.findMany({
    where: { subjectId: id },
    orderBy: { sequence: 'asc' },
  })
  expect(entries.map(({ action }) => action)).toEqual(['team.first', 'team.last'])
})

test('a transaction that fails leaves nothing, and one that joins another ends with it', async () => {
  const [undone, joined] = [newId(), newId()]
  const attempt = transact(org.admin, async tx => {
    await publish(tx, undone, 'Undone')
    await audit(tx, org.admin, note(undone, 'team.undone'))
    throw new Error('undone')
  })
  await expect(attempt).rejects.toThrow('undone')
  expect(await documentOf(undone)).toBeNull()
  expect(await databases().system.auditEntry.count({ where: { subjectId: undone } })).toBe(0)
  await transact(org.admin, async tx => {
    await transact({ ...org.admin, tx }, inner => publish(inner, joined, 'Joined'))
    expect(await tx.gatewayConfig.count({ where: { id: joined } })).toBe(0)
  })
  expect(await documentOf(joined)).toMatchObject({ doc: { name: 'Joined' } })
})

test('who waits for a version is told it at once, also outside of a verb', async () => {
  const id = newId()
  const inVerb = await transact(org.admin, tx => publishConfigNow(tx, org.admin, 'team', id, team('Now')))
  expect((await documentOf(id))?.version).toBe(inVerb)
  await databases().system.$transaction(tx => publish(tx, id, 'By a job'))
  expect(await documentOf(id)).toMatchObject({ doc: { name: 'By a job' } })
})
