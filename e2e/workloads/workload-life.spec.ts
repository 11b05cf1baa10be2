import type { APIRequestContext } from '@playwright/test'
import { uniqueName } from '../developer/issue-key.ts'
import { decideAndMeasure } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER } from '../people.ts'

const APPROVER = 'noor.de.vries@northwind.example'

test('a brief becomes a workload that serves, and ends refused', async ({
  signInAs,
  request,
  gatewayUrl,
  api,
}, info) => {
  test.slow()
  const name = uniqueName('claims')
  const key = await bringKey(api)

  await test.step('a developer writes the brief in steps', async () => {
    const page = await signInAs(DEVELOPER)
    await page.goto('/workloads/briefs/new')
    await page.getByRole('textbox', { name: 'Name of the workload' }).fill(name)
    await page.getByRole('button', { name: 'Begin' }).click()
    const fill = (label: string, text: string) => page.getByRole('textbox', { name: label }).fill(text)
    await fill('Objective', 'Sort incoming claims so that urgent ones are read first')
    await fill('Current state', 'Two people read all of them')
    await fill('Approach', 'A model marks urgency')
    await page.getByRole('button', { name: 'Continue to data and models' }).click()
    for (const label of ['What goes in', 'What comes out']) {
      await page.getByRole('combobox', { name: label }).click()
      await page.getByRole('option', { name: 'Public' }).click()
    }
    await page.getByRole('combobox', { name: 'Models' }).fill('sandbox-gpt-mini')
    await page.getByRole('option', { name: /^sandbox-gpt-mini/ }).click()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Continue to success' }).click()
    await fill('Measure', 'Urgent claims found')
    await fill('At least', '90 %')
    await fill('Aiming at', '97 %')
    await page.getByRole('button', { name: 'Continue to speed and cost' }).click()
    await fill('An answer takes at most', '2000')
    await fill('Calls a day', '400')
    await fill('A call costs at most', '0.05')
    await fill('A month costs at most', '250')
    await page.getByRole('button', { name: 'Continue to boundaries' }).click()
    await fill('What it is for', 'Claims in English')
    await fill('What it must not be used for', 'Deciding on a claim')
    await fill('When and how one goes back', 'Below the minimum for a week')
    await fill('When it has served its time', 'When claims say how urgent they are')
    await page.getByRole('button', { name: 'Continue to people' }).click()
    await page.getByRole('radio', { name: 'It suggests' }).click()
    await fill('Oversight', 'The shift lead reads ten a day')
    await fill('People affected', 'Policy holders')
    await page.getByRole('radio', { name: 'Any key' }).click()
    await page.getByRole('complementary', { name: 'Hints' }).getByText('This step is whole.').waitFor()
    await page.getByRole('button', { name: 'Submit for approval' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`The brief for ${name} waits for a decision`)
    await page.context().clearCookies()
  })

  await test.step('an approver approves it, and the workload is there', async () => {
    const page = await signInAs(APPROVER)
    await page.goto('/approvals')
    await page.getByRole('link', { name: new RegExp(name) }).click()
    const detail = page.getByRole('article', { name: new RegExp(name) })
    await detail.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(page.getByText('Approved by Noor de Vries.').first()).toBeVisible()
    await page.goto('/workloads')
    await page.getByRole('link', { name, exact: true }).click()
    await expect(page.getByText(`x-gatehouse-workload: ${name}`)).toBeVisible()
    await page.context().clearCookies()
  })

  const call = () => callAs(request, gatewayUrl, key, name)
  await expect.poll(call, { timeout: 20_000 }).toEqual({ status: 200, code: null })

  const asked = await test.step('a developer asks for its end', async () => {
    const page = await signInAs(DEVELOPER)
    await page.goto('/workloads')
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('link', { name: 'Lifecycle' }).click()
    const end = page.getByRole('button', { name: 'Ask for decommissioned' })
    await expect(end).toBeVisible()
    // The call of a moment ago stands against it once it is recorded.
    const called = page.getByRole('listitem').filter({ hasText: /^Nobody has called it.*Not met/ })
    await expect(async () => {
      await page.reload()
      await expect(called).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 30_000 })
    await end.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: /Nobody has called it/ }).click()
    await dialog.getByRole('textbox', { name: 'Why' }).fill('The pilot is over')
    await dialog.getByRole('button', { name: 'Ask for approval' }).click()
    await page.waitForURL(/\/approvals\/[0-9a-f-]{36}/)
    const address = new URL(page.url()).pathname
    await page.context().clearCookies()
    return address
  })

  await test.step('an approver lets it end, and its calls are refused', async () => {
    const page = await signInAs(APPROVER)
    await page.goto(asked)
    await page.getByRole('button', { name: 'Approve with a reason' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Its callers know')
    await decideAndMeasure(info, page, 'workload decommissioned', {
      click: () => dialog.getByRole('button', { name: 'Approve', exact: true }).click(),
      binds: async () => (await call()).code === 'workload_decommissioned',
    })
    await page.goto('/workloads')
    const ended = page.getByRole('region', { name: 'Decommissioned' })
    await expect(ended.getByRole('link', { name, exact: true })).toBeVisible()
  })
})

type Make = () => { get<T>(path: string): Promise<T>; post<T>(path: string, body: object): Promise<T> }

/** A key of the support team for development, made over the API. */
async function bringKey(api: Make): Promise<string> {
  const { data } = await api().get<{ data: { id: string; slug: string }[] }>('/teams?limit=50')
  const teamId = data.find(({ slug }) => slug === 'support')?.id
  const { key } = await api().post<{ key: string }>('/keys', { name: uniqueName('workload'), teamId })
  return key
}

async function callAs(request: APIRequestContext, gatewayUrl: string, key: string, workload: string) {
  const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${key}`, 'x-gatehouse-workload': workload },
    data: { model: 'sandbox-gpt-mini', messages: [{ role: 'user', content: 'hi' }] },
  })
  const { error } = (await answer.json()) as { error?: { code: string } }
  return { status: answer.status(), code: error?.code ?? null }
}
