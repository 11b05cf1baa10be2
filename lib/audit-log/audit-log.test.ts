import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { leafHashOf } from '#core/audit-record/entry.ts'
import { verifyExport } from '#core/audit-record/verify-export.ts'
import { readCheckpoint } from '#core/checkpoint/checkpoint.ts'
import { readVerifierKey } from '#core/checkpoint/signed-note.ts'
import { newId } from '#core/ids.ts'
import { verifyInclusion } from '#core/merkle/proofs.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { exportAudit } from './export-audit.ts'
import { findCheckpoint, getAuditEntry, getCheckpoint, listAuditEntries, proveEntry } from './queries.ts'
import { ListAuditQuery } from './schema.ts'
import { sealAudit } from './seal-audit.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  env().GATEHOUSE_CHECKPOINT_DIR = await mkdtemp(path.join(tmpdir(), 'gatehouse-checkpoints-'))
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const act = (organization = here, name = 'ci') =>
  issueKey({ ctx: organization.admin, input: { name, teamId: organization.teamId } })
const list = (query: object = {}, organization = here) =>
  listAuditEntries(organization.admin, ListAuditQuery.parse(query))
const exportText = async (query: object = {}, ctx = here.admin) => (await exportAudit({ ctx, input: query })).text()
const linesOf = (text: string) => text.split('\n').filter(Boolean)

describe('sealing', () => {
  test('an export proves every entry against the newest checkpoint, and the log continues the older one', async () => {
    await act()
    await sealAudit(here.id)
    const older = await getCheckpoint(here.admin)
    await act()
    await act()
    await sealAudit(here.id)
    const newer = await getCheckpoint(here.admin)
    const verifier = readVerifierKey(newer.verifierKey)
    const text = await exportText()
    const verdict = verifyExport(
      linesOf(text),
      readCheckpoint(verifier, newer.note),
      readCheckpoint(verifier, older.note),
    )
    expect(verdict).toMatchObject({ findings: [], proved: newer.treeSize, beyond: 1 })
    expect(newer.treeSize).toBeGreaterThan(older.treeSize)
    const file = path.join(env().GATEHOUSE_CHECKPOINT_DIR ?? '', here.id, `${newer.treeSize}.txt`)
    expect(await readFile(file, 'utf8')).toBe(newer.note)
  })

  test('seals each entry once when several do it at the same time', async () => {
    const organization = await makeOrganization()
    for (let count = 0; count < 5; count += 1) await act(organization)
    await Promise.all(Array.from({ length: 4 }, () => sealAudit(organization.id)))
    await sealAudit(organization.id)
    const leaves = await databases().system.auditLeaf.findMany({ where: { organizationId: organization.id } })
    expect(leaves.map(leaf => Number(leaf.index)).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
    expect(await sealAudit(organization.id)).toMatchObject({ entries: 0 })
  })

  test('an entry that committed late is sealed after those with a higher number', async () => {
    const organization = await makeOrganization()
    const { system } = databases()
    const [number] = await system.$queryRaw<{ next: bigint }[]>`
      select nextval(pg_get_serial_sequence('audit_entries', 'sequence')) as next`
    await act(organization, 'first to commit')
    await sealAudit(organization.id)
    const [early] = (await list({}, organization)).data
    const row = await system.auditEntry.findUniqueOrThrow({ where: { id: early?.id ?? '' } })
    await system.auditEntry.create({
      data: { ...row, id: newId(), sequence: number?.next ?? 0n, before: undefined, after: {} },
    })
    expect(await sealAudit(organization.id)).toMatchObject({ entries: 1, treeSize: 2n })
  })

  test('a proof holds with the public key alone', async () => {
    await act()
    await sealAudit(here.id)
    const [entry] = (await list({ action: 'key.issued', limit: 1 })).data
    const proof = await proveEntry(here.admin, entry?.id ?? '')
    const checkpoint = readCheckpoint(readVerifierKey(proof.checkpoint.verifierKey), proof.checkpoint.note)
    const hashes = proof.hashes.map(hash => Buffer.from(hash, 'base64'))
    const leaf = leafHashOf(proof.entry)
    expect(verifyInclusion(leaf, proof.index, Number(checkpoint.size), hashes, checkpoint.root)).toBe(true)
  })

  test('what was sealed can neither be changed nor removed', async () => {
    const { system, app } = databases()
    for (const client of [system, app]) {
      for (const statement of [
        'update audit_entries set reason = $$x$$',
        'delete from audit_leaves',
        'truncate audit_checkpoints',
      ]) {
        await expect(client.$executeRawUnsafe(statement)).rejects.toThrow(/denied|append-only/)
      }
    }
  })
})

describe('the list', () => {
  test('filters, searches and pages without loss', async () => {
    const organization = await makeOrganization()
    for (const name of ['alpha', 'beta', 'gamma']) await act(organization, name)
    const all = (await list({}, organization)).data
    const first = await list({ limit: 2 }, organization)
    const second = await list({ limit: 2, cursor: first.nextCursor ?? '' }, organization)
    expect([...first.data, ...second.data]).toEqual(all)
    expect((await list({ search: 'BETA' }, organization)).data).toHaveLength(1)
    expect((await list({ action: 'key' }, organization)).data).toHaveLength(3)
    expect((await list({ action: 'person.added' }, organization)).data).toHaveLength(0)
    expect((await list({ to: '2020-01-01T00:00:00Z' }, organization)).data).toHaveLength(0)
  })
})

describe('exports', () => {
  test('in CSV quote what needs it and defuse formulas', async () => {
    const organization = await makeOrganization()
    await act(organization, '=1+1, "quoted"')
    const text = await exportText({ format: 'csv', action: 'key.issued' }, organization.admin)
    expect(text.split('\r\n')[0]).toMatch(/^index,id,occurred_at,/)
    expect(text).toContain(`"'=1+1, ""quoted"""`)
  })

  test('in OCSF carry class, activity and type that agree', async () => {
    const organization = await makeOrganization()
    await act(organization)
    const [line] = linesOf(await exportText({ format: 'ocsf', action: 'key.issued' }, organization.admin))
    const event = JSON.parse(line ?? '')
    expect(event).toMatchObject({ class_uid: 3004, activity_id: 1, type_uid: 300401, entity: { type: 'key' } })
    expect(event.time).toBeTypeOf('number')
  })

  test('are recorded themselves', async () => {
    await exportText({ format: 'csv' })
    const [entry] = (await list({ action: 'audit.exported', limit: 1 })).data
    expect(entry).toMatchObject({ actor: { id: here.admin.actor.id }, after: { format: 'csv' } })
  })
})

describe('who may', () => {
  test('another organization sees nothing of it', async () => {
    await act()
    await sealAudit(here.id)
    const [entry] = (await list({ limit: 1, action: 'key.issued' })).data
    const id = entry?.id ?? ''
    for (const attempt of [getAuditEntry, proveEntry]) {
      await expect(attempt(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
    }
    expect(await findCheckpoint(elsewhere.admin)).toBeNull()
    const seen = linesOf(await exportText({}, elsewhere.admin)).map(line => JSON.parse(line).entry.organizationId)
    expect(new Set(seen)).toEqual(new Set([elsewhere.id]))
  })

  test('without the permission nothing is possible', async () => {
    const developer = await here.person(['developer'])
    const attempts = [
      async () => listAuditEntries(developer, ListAuditQuery.parse({})),
      async () => getAuditEntry(developer, newId()),
      async () => findCheckpoint(developer),
      async () => proveEntry(developer, newId()),
      async () => exportAudit({ ctx: developer, input: {} }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: 'permission_denied' })
  })

  test('unknown filters are refused', async () => {
    await expect(exportAudit({ ctx: here.admin, input: { fomat: 'csv' } })).rejects.toMatchObject({
      kind: 'invalid_input',
    })
  })
})

test('no half-written checkpoint is left behind', async () => {
  const folder = path.join(env().GATEHOUSE_CHECKPOINT_DIR ?? '', here.id)
  expect((await readdir(folder)).filter(name => !/^\d+\.txt$/.test(name))).toEqual([])
})
