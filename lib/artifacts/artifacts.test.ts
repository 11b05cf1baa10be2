import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { approveRequest } from '#lib/approvals/decide-approval.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { requestIncrease } from '#lib/budgets/request-increase.ts'
import { databases } from '#lib/platform/database.ts'
import { transact } from '#lib/platform/transaction.ts'
import { keepVersion } from '#lib/records/keep-version.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { AlteredRepository, keepArtifacts } from './keep-artifacts.ts'
import { repositoryOf } from './repository.ts'

const { system } = databases()
let here: TestOrganization
beforeAll(async () => {
  here = await makeOrganization()
})
afterAll(async () => {
  await rm(repositoryOf(here.id), { recursive: true, force: true })
})

/** Git itself, not the library that wrote. */
function git(...args: string[]): string {
  return execFileSync('git', ['--git-dir', repositoryOf(here.id), ...args], { encoding: 'utf8' })
}

let version = 0
async function change(id: string, name: string, limit: string, reason: string): Promise<void> {
  version += 1
  const document = { name, limit }
  const words = { before: version === 1 ? null : { limit: 'other' }, after: { limit }, action: 'example.changed' }
  await transact(here.admin, tx =>
    keepVersion(tx, here.admin, { kind: 'example', id, name, version, document, reason, ...words }),
  )
}

test('each version becomes a commit that Git reads, with its author and its reason', async () => {
  const id = newId()
  const tail = id.slice(-8)
  await change(id, 'First name', 'USD 1', '')
  await change(id, 'First name', 'USD 2', 'More is needed')
  expect(await keepArtifacts(here.id)).toBe(2)
  expect(await keepArtifacts(here.id)).toBe(0)
  expect(git('log', '--format=%an|%s', 'main').trim().split('\n')).toEqual([
    'Test administrator|example: First name, version 2',
    'Test administrator|example: First name, version 1',
  ])
  expect(git('show', `main:example/first-name-${tail}.yaml`)).toContain('limit: USD 2')
  expect(git('log', '-1', '--format=%b', 'main')).toContain('More is needed')
  git('fsck', '--strict')

  await change(id, 'Second name', 'USD 3', 'A better name')
  await keepArtifacts(here.id)
  expect(git('ls-tree', '-r', '--name-only', 'main').trim().split('\n')).toEqual([
    `example/second-name-${tail}.md`,
    `example/second-name-${tail}.yaml`,
  ])
})

test('an approval is in the commit: who asked is the author, who approved is named', async () => {
  const window = { kind: 'month', timeZone: 'UTC' }
  const input = { name: newId(), scope: 'team', target: here.teamId, window, limitUsd: '100' }
  const { id } = await createBudget({ ctx: here.admin, input })
  const lead = await here.person(['team_lead'], { lead: true })
  const asked = await requestIncrease({ ctx: lead, input: { id, limitUsd: '150', reason: 'a launch' } })
  await approveRequest({ ctx: await here.person(['finance']), input: { id: asked.id } })
  await keepArtifacts(here.id)
  expect(git('log', '-1', '--format=%an', 'main').trim()).toBe('Test team_lead')
  expect(git('log', '-1', '--format=%b', 'main')).toContain(`Approved-by: Test finance\nApproval: ${asked.id}\n`)
})

test('a repository that is lost is made again, commit by commit the same', async () => {
  const before = git('rev-parse', 'main')
  await rm(repositoryOf(here.id), { recursive: true, force: true })
  await change(newId(), 'Another', 'USD 1', 'After the loss')
  await keepArtifacts(here.id)
  expect(git('rev-parse', 'main~1')).toBe(before)
})

test('records that were changed behind its back are found out when it is made again', async () => {
  const row = await system.artifactCommit.findFirstOrThrow({ where: { organizationId: here.id, place: 1 } })
  await rm(repositoryOf(here.id), { recursive: true, force: true })
  await system.artifactCommit.delete({ where: { versionId: row.versionId } })
  await system.artifactCommit.create({ data: { ...row, oid: '0'.repeat(40) } })
  await expect(keepArtifacts(here.id)).rejects.toThrow(AlteredRepository)
})
