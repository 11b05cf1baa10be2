import type { Locator, Page } from '@playwright/test'
import { uniqueName } from './developer/issue-key.ts'
import type { Api } from './fixtures/api.ts'
import { expect, test } from './fixtures/test.ts'
import { ADMINISTRATOR, OPERATIONS, SECURITY } from './people.ts'

/** Opens a page whose scripts do not come until they are let in. */
async function openWithoutScripts(page: Page, address: string): Promise<() => void> {
  let letIn = (): void => undefined
  const allowed = new Promise<void>(resolve => {
    letIn = resolve
  })
  await page.route(/\/_next\/static\/.+\.js/, async route => {
    await allowed
    await route.continue()
  })
  await page.goto(address, { waitUntil: 'commit' })
  return letIn
}

/** Waits until React has taken a control over: a form that is sent before is sent by the browser alone. */
function taken(control: Locator) {
  const isTaken = (node: Element) => Object.keys(node).some(key => key.startsWith('__reactProps'))
  return expect.poll(() => control.evaluate(isTaken)).toBe(true)
}

test('a text that is typed before its field has its scripts counts', async ({ signInAs }) => {
  const page = await signInAs(SECURITY)
  const letIn = await openWithoutScripts(page, '/operate/guardrails')
  const field = page.getByLabel('Text', { exact: true })
  await field.fill('Mail anna.lovelace@example.com')
  letIn()
  await page.getByRole('button', { name: 'Inspect' }).click()
  await expect(page.getByTestId('inspected')).toContainText('anna.lovelace@example.com')
  await expect(field).toHaveValue('Mail anna.lovelace@example.com')
})

test('so do the lines of a form, beside what is changed later', async ({ signInAs }) => {
  const page = await signInAs(OPERATIONS)
  const letIn = await openWithoutScripts(page, '/operate/routes/explain')
  await page.getByLabel('Workload').fill('early-bird')
  await page.getByLabel('Answers').fill('3')
  letIn()
  await page.getByRole('combobox', { name: 'Model' }).fill('sandbox-gpt')
  await page
    .getByRole('option', { name: /^sandbox-gpt/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Explain' }).click()
  await expect(page).toHaveURL(/workload=early-bird/)
  await expect(page).toHaveURL(/answers=3/)
})

test('so does the search of a list', async ({ signInAs }) => {
  const page = await signInAs(OPERATIONS)
  const letIn = await openWithoutScripts(page, '/build/models')
  await page.getByRole('searchbox').fill('sandbox-embed')
  letIn()
  await expect(page).toHaveURL(/sandbox-embed/)
  await expect(page.getByRole('link', { name: 'sandbox-claude', exact: true })).toHaveCount(0)
})

/** A model of its own, with a page that changes it. */
async function makeModel(portal: Api): Promise<{ id: string; restrictions: () => Promise<string> }> {
  const { data: providers } = await portal.get<{ data: { id: string; kind: string }[] }>('/providers?limit=200')
  const providerId = providers.find(({ kind }) => kind === 'sandbox')?.id
  const identifier = uniqueName('early').toLowerCase()
  const facts = { providerId, identifier, upstreamModel: 'sandbox-gpt', dialects: ['chat'], restrictions: 'As it was' }
  const { id } = await portal.post<{ id: string }>('/models', facts)
  const restrictions = async () => (await portal.get<{ restrictions: string }>(`/models/${id}`)).restrictions
  return { id, restrictions }
}

test('so does a text in place of another one', async ({ signInAs, api }) => {
  const model = await makeModel(api())
  const page = await signInAs(ADMINISTRATOR)
  const letIn = await openWithoutScripts(page, `/build/models/${model.id}/edit`)
  const field = page.getByLabel('Restrictions')
  await field.fill('As it is to be')
  letIn()
  await taken(field)
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect.poll(model.restrictions).toBe('As it is to be')
})

test('a form that is sent before its scripts are there keeps its text, and is sent by the next press', async ({
  signInAs,
  api,
}) => {
  const model = await makeModel(api())
  const page = await signInAs(ADMINISTRATOR)
  const letIn = await openWithoutScripts(page, `/build/models/${model.id}/edit`)
  const field = page.getByLabel('Restrictions')
  await field.fill('Typed and sent at once')
  let documents = 0
  page.on('request', request => {
    if (request.resourceType() === 'document') documents++
  })
  const save = page.getByRole('button', { name: 'Save' }).first()
  await save.click()
  await expect(field).toHaveValue('Typed and sent at once')
  letIn()
  await taken(field)
  await expect(field).toHaveValue('Typed and sent at once')
  expect(documents).toBe(0)
  await save.click()
  await expect.poll(model.restrictions).toBe('Typed and sent at once')
})
