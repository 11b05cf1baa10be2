import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import type { Dialect } from '#core/contracts/config-documents.ts'
import { ProbeResult } from '#core/contracts/provider-probe.ts'
import type { ProviderKind } from '#core/provider-kinds.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import type { ProviderDto } from '#lib/providers/schema.ts'
import { publishOrganization } from '../catalog.ts'
import { startGateway, type TestGateway, until } from '../gateway.ts'
import { makeOrganization, type TestOrganization } from '../organization.ts'
import { makeCertificate } from './certificate.ts'

export interface VendorSuite {
  org: TestOrganization
  gateway: TestGateway
  key: string
  openai: OpenAI
  anthropic: Anthropic
  /** What vendors' servers prove themselves with; the gateway believes it. */
  tls: { key: string; cert: string }
  /** Adds a provider on this machine, and waits until the gateway has it. */
  addProvider(input: {
    kind: ProviderKind
    baseUrl: string
    credential: unknown
    region?: string
  }): Promise<ProviderDto>
  /** Adds a model of it, and waits until the gateway serves it. */
  addModel(providerId: string, identifier: string, upstreamModel: string, dialects: Dialect[]): Promise<void>
  /** Has the gateway test its connection. */
  test(providerId: string): Promise<ProbeResult>
  stop(): Promise<void>
}

const SERVED_MS = 5_000

/** An organization, a key and a gateway that believes the certificate of vendors' test servers. */
export async function startVendorSuite(env: Record<string, string> = {}): Promise<VendorSuite> {
  const tls = makeCertificate()
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-vendors-'))
  const certFile = path.join(folder, 'vendors.pem')
  await writeFile(certFile, tls.cert)
  const org = await makeOrganization()
  await publishOrganization(org)
  const { key } = await issueKey({ ctx: org.admin, input: { name: 'vendors', teamId: org.teamId } })
  const gateway = await startGateway({ env: { NODE_EXTRA_CA_CERTS: certFile, ...env } })
  const openai = new OpenAI({ apiKey: key, baseURL: `${gateway.url}/v1`, maxRetries: 0 })
  let names = 0
  return {
    org,
    gateway,
    key,
    openai,
    anthropic: new Anthropic({ apiKey: key, baseURL: gateway.url, maxRetries: 0 }),
    tls,
    addProvider: input =>
      createProvider({
        ctx: org.admin,
        input: { name: `${input.kind} ${++names}`, allowPrivateNetwork: true, ...input },
      }),
    async addModel(providerId, identifier, upstreamModel, dialects) {
      await createModel({ ctx: org.admin, input: { providerId, identifier, upstreamModel, dialects } })
      await until(
        `the gateway serves ${identifier}`,
        async () => {
          const answer = await fetch(`${gateway.url}/v1/models/${identifier}`, { headers: { 'x-api-key': key } })
          return answer.ok
        },
        SERVED_MS,
      )
    },
    // By this very gateway: those of other suites do not believe the certificate.
    test: async providerId => {
      const { body } = await gateway.admin('POST', '/probe', { organizationId: org.id, providerId })
      return ProbeResult.parse(body)
    },
    async stop() {
      await gateway.stop()
      await rm(folder, { recursive: true })
    },
  }
}
