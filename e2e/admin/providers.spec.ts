import { ENTRA, startAzureOpenAi } from '#test/vendors/azure-openai.ts'
import { uniqueName } from '../developer/issue-key.ts'
import { SANDBOX_URL, VENDOR_TLS } from '../fixtures/portal.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR } from '../people.ts'
import { ownTeam } from './own-team.ts'

test('an OpenAI-compatible provider is added, tested, and called once a model of it is in the catalog', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const page = await signInAs(ADMINISTRATOR)
  const name = uniqueName('On site')
  await page.goto('/admin/providers/new')
  await page.getByRole('radio', { name: 'OpenAI-compatible' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Address' }).fill(`${SANDBOX_URL}/v1`)
  await page.getByRole('button', { name: 'Add provider' }).click()
  await expect(page.getByText('Use https.')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Allow a private network' }).click()
  await expect(page.getByText('Only for an endpoint that you run yourself')).toBeVisible()
  await page.getByRole('button', { name: 'Add provider' }).click()
  await expect(page.getByRole('heading', { name: `${name} is ready` })).toBeVisible()
  const providerId = new URL(page.url()).pathname.split('/').at(-1)
  await expect(page.getByText('Provider document')).toBeVisible()

  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(/^It answers, in/)).toBeVisible()
  await page.getByRole('textbox', { name: 'API key' }).fill('a-secret-that-ends-in-4711')
  await page.getByRole('button', { name: 'Set credential' }).click()
  await expect(page.getByText('Sealed, ends in 4711')).toBeVisible()
  expect(await page.content()).not.toContain('a-secret-that-ends')

  const identifier = uniqueName('on-site-model')
  await api().post('/models', { providerId, identifier, upstreamModel: 'sandbox-gpt', dialects: ['chat'] })
  const issued = await api().post<{ key: string }>('/keys', { name: identifier, teamId: await ownTeam(api()) })
  const call = async () => {
    const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${issued.key}` },
      data: { model: identifier, messages: [{ role: 'user', content: 'Hello' }] },
    })
    return answer.status()
  }
  await expect.poll(call).toBe(200)

  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByRole('heading', { name: `${name} is out of use` })).toBeVisible()
  await expect.poll(call, { timeout: 15_000, intervals: [50] }).toBeGreaterThanOrEqual(400)
})

test('an Azure provider gets an app of Entra ID, and its test tells a wrong secret from a wrong address', async ({
  signInAs,
}) => {
  const azure = await startAzureOpenAi(JSON.parse(process.env[VENDOR_TLS] ?? ''))
  const page = await signInAs(ADMINISTRATOR)
  const name = uniqueName('Azure')
  await page.goto('/admin/providers/new')
  await page.getByRole('radio', { name: 'Azure OpenAI' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('textbox', { name: 'Resource' }).fill('northwind-ai')
  await page.getByRole('textbox', { name: 'API version' }).fill('2024-10-21')
  await expect(page.getByText('https://northwind-ai.openai.azure.com?api-version=2024-10-21')).toBeVisible()
  await page.getByRole('combobox', { name: 'Where it is' }).click()
  await page.getByRole('option', { name: 'Another address' }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill(`${azure.url}?api-version=2024-10-21`)
  await page.getByRole('radio', { name: 'App of Microsoft Entra ID' }).click()
  await page.getByRole('textbox', { name: 'Directory (tenant) id' }).fill('not a tenant')
  await page.getByRole('textbox', { name: 'Application (client) id' }).fill(ENTRA.clientId)
  await page.getByRole('textbox', { name: 'Client secret' }).fill(ENTRA.clientSecret)
  await page.getByRole('textbox', { name: 'Authority' }).fill(azure.authority.url)
  await page.getByRole('checkbox', { name: 'Allow a private network' }).click()
  await page.getByRole('button', { name: 'Add provider' }).click()
  await expect(page.getByText('an id such as')).toBeVisible()
  await page.getByRole('textbox', { name: 'Directory (tenant) id' }).fill(ENTRA.tenantId)
  await page.getByRole('button', { name: 'Add provider' }).click()
  await expect(page.getByRole('heading', { name: `${name} is ready` })).toBeVisible()
  await expect(page.getByText(`tenant ${ENTRA.tenantId}`)).toBeVisible()
  expect(await page.content()).not.toContain(ENTRA.clientSecret)

  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(/^It answers, in/)).toBeVisible()
  await page.getByRole('radio', { name: 'App of Microsoft Entra ID' }).click()
  await page.getByRole('textbox', { name: 'Directory (tenant) id' }).fill(ENTRA.tenantId)
  await page.getByRole('textbox', { name: 'Application (client) id' }).fill(ENTRA.clientId)
  await page.getByRole('textbox', { name: 'Client secret' }).fill('a-secret-of-somebody-else')
  await page.getByRole('textbox', { name: 'Authority' }).fill(azure.authority.url)
  await page.getByRole('button', { name: 'Replace credential' }).click()
  await expect(page.getByText('Sealed and published')).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('It does not accept the credential')).toBeVisible()
  await expect(page.getByText('AADSTS7000215').first()).toBeVisible()
  await azure.stop()
})
