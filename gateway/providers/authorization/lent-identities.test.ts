import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway, until } from '#test/gateway.ts'
import { postJson } from '#test/governed-suite.ts'
import { NOVA, startBedrock } from '#test/vendors/aws-bedrock.ts'
import { AWS_REGION } from '#test/vendors/aws-signature-check.ts'
import { type AzureVendor, startAzureOpenAi } from '#test/vendors/azure-openai.ts'
import { makeCertificate } from '#test/vendors/certificate.ts'
import { checkChat } from '#test/vendors/client-checks.ts'
import { type GoogleVendor, startGoogle } from '#test/vendors/google.ts'
import { CONTAINER_TOKEN, startMetadata } from '#test/vendors/metadata.ts'
import type { VendorServer } from '#test/vendors/vendor-server.ts'
import { startVendorSuite, type VendorSuite } from '#test/vendors/vendor-suite.ts'

// Also the portal checks what is lent before it saves a provider.
process.env.GATEHOUSE_LENT_IDENTITIES = 'azure,google,aws'

let home: string
let suite: VendorSuite
let azure: AzureVendor
let google: GoogleVendor
let bedrock: VendorServer
let metadata: VendorServer

beforeAll(async () => {
  // Nothing that the person who runs the suite has set up may be found.
  home = await mkdtemp(path.join(tmpdir(), 'lent-'))
  const tls = makeCertificate()
  azure = await startAzureOpenAi(tls)
  google = await startGoogle(tls)
  bedrock = await startBedrock()
  metadata = await startMetadata({ azure: azure.issuer, google: google.issuer })
  suite = await startVendorSuite({
    ...machine(),
    AZURE_POD_IDENTITY_AUTHORITY_HOST: metadata.url,
    GCE_METADATA_HOST: new URL(metadata.url).host,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
  })
})
afterAll(async () => {
  await suite?.stop()
  await Promise.all([azure, google, bedrock, metadata].map(server => server?.stop()))
  await rm(home, { recursive: true })
})

const machine = () => ({
  GATEHOUSE_LENT_IDENTITIES: 'azure,google,aws',
  ...{ HOME: home, AWS_CONFIG_FILE: path.join(home, 'none'), AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'none') },
})
const asked = (at: string) => metadata.requests.filter(request => request.path.startsWith(at)).length

test('Azure’s managed identity calls its deployment, with one token for all calls', async () => {
  const baseUrl = `${azure.url}?api-version=2025-04-01-preview`
  const provider = await suite.addProvider({ kind: 'azure_openai', baseUrl, credential: { type: 'entra_default' } })
  await suite.addModel(provider.id, 'azure-lent', 'chat prod', ['chat'])
  await checkChat(suite, 'azure-lent')
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
  expect(azure.issuer.issued).toBe(1)
  // A token that is refused is replaced, once.
  azure.issuer.revoke()
  await checkChat(suite, 'azure-lent')
})

test('Google’s application default credentials call Vertex AI', async () => {
  const credential = { type: 'google_default' }
  const provider = await suite.addProvider({ kind: 'google', baseUrl: google.vertexUrl, credential })
  await suite.addModel(provider.id, 'vertex-lent', 'gemini-2.5-flash', ['chat'])
  await checkChat(suite, 'vertex-lent')
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
  expect(asked('/computeMetadata/v1/instance/service-accounts/default/token')).toBe(1)
})

async function addBedrock(name: string) {
  const credential = { type: 'aws_default' }
  const input = { kind: 'aws_bedrock' as const, baseUrl: bedrock.url, region: AWS_REGION, credential }
  const provider = await suite.addProvider(input)
  await suite.addModel(provider.id, name, NOVA, ['chat'])
  return provider
}

test('the role of an instance signs calls of Bedrock, by a session of its metadata service', async () => {
  const provider = await addBedrock('nova-instance')
  await checkChat(suite, 'nova-instance')
  expect(await suite.test(provider.id)).toMatchObject({ outcome: 'ok' })
  expect(asked('/latest/api/token')).toBeGreaterThan(0)
  expect(asked('/latest/meta-data/iam/security-credentials/gateway-role')).toBeGreaterThan(0)
})

async function statusOf(gateway: TestGateway, model: string): Promise<number> {
  const body = { model, messages: [{ role: 'user', content: 'Hello' }] }
  return (await postJson(`${gateway.url}/v1/chat/completions`, suite.key, body)).status
}

test('the role of a container signs them too', async () => {
  await addBedrock('nova-container')
  const container = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${metadata.url}/v2/credentials/gateway`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: CONTAINER_TOKEN,
  }
  const gateway = await startGateway({ env: { ...machine(), ...container } })
  await until('it serves', async () => (await statusOf(gateway, 'nova-container')) === 200)
  expect(asked('/v2/credentials/gateway')).toBeGreaterThan(0)
  await gateway.stop()
})

test('a gateway that lends none asks no metadata service, and calls nobody', async () => {
  await addBedrock('nova-unlent')
  const before = metadata.requests.length
  const env = { ...machine(), GATEHOUSE_LENT_IDENTITIES: '', AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url }
  const gateway = await startGateway({ env })
  expect(
    await until('it knows the model', async () => {
      const status = await statusOf(gateway, 'nova-unlent')
      return status !== 404 && status
    }),
  ).toBe(502)
  expect(metadata.requests.length).toBe(before)
  await gateway.stop()
})
