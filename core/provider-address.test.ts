import { describe, expect, test } from 'vitest'
import { credentialProblem, regionOfAddress } from './provider-address.ts'

const VERTEX = 'https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4'

test.each([
  ['aws_bedrock', 'https://bedrock-runtime.eu-central-1.amazonaws.com', 'eu-central-1'],
  ['aws_bedrock', 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/openai/v1', 'us-gov-west-1'],
  ['aws_bedrock', 'https://bedrock-mantle.ap-southeast-2.api.aws/v1', 'ap-southeast-2'],
  ['aws_bedrock', 'https://vpce-0a1b.bedrock-runtime.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
  ['aws_bedrock', 'https://bedrock.proxy.example', null],
  ['google', VERTEX, 'europe-west4'],
  ['google', 'https://aiplatform.googleapis.com/v1/projects/p/locations/global', 'global'],
  ['google', 'https://generativelanguage.googleapis.com/v1beta/openai', null],
  ['openai', 'https://eu.api.openai.com/v1', 'eu'],
  ['openai', 'https://api.openai.com/v1', null],
  ['azure_openai', 'https://swedencentral.api.cognitive.microsoft.com', 'swedencentral'],
  ['azure_openai', 'https://northwind.openai.azure.com', null],
] as const)('%s at %s is in %s', (kind, baseUrl, region) => {
  expect(regionOfAddress(kind, baseUrl)).toBe(region)
})

describe('the identity of the machine', () => {
  const problem = (kind: 'azure_openai' | 'aws_bedrock' | 'google', baseUrl: string, lent = true) => {
    const type = ({ azure_openai: 'entra_default', aws_bedrock: 'aws_default', google: 'google_default' } as const)[
      kind
    ]
    const provider = { kind, baseUrl, region: 'eu-central-1' }
    return credentialProblem(provider, { type }, lent ? ['aws', 'azure', 'google'] : [])?.message ?? null
  }

  test.each([
    ['azure_openai', 'https://northwind.openai.azure.com'],
    ['azure_openai', 'https://northwind.services.ai.azure.com/openai/v1'],
    ['azure_openai', 'https://10.1.2.3/openai/v1'],
    ['aws_bedrock', 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
    ['google', VERTEX],
    ['google', 'https://aiplatform.googleapis.com/v1/projects/p/locations/global'],
  ] as const)('is lent to %s at %s, by an installation that lends it', (kind, baseUrl) => {
    expect(problem(kind, baseUrl)).toBeNull()
    expect(problem(kind, baseUrl, false)).toContain('GATEHOUSE_LENT_IDENTITIES')
  })

  test.each([
    ['azure_openai', 'https://openai.azure.com.attacker.example'],
    ['azure_openai', 'https://attacker.example/northwind.openai.azure.com'],
    ['azure_openai', 'https://8.8.8.8/openai/v1'],
    ['aws_bedrock', 'https://attackeramazonaws.com'],
    ['google', 'https://attacker.example/v1/projects/p/locations/europe-west4'],
    ['google', 'https://attackeraiplatform.googleapis.com.example/v1/projects/p/locations/europe-west4'],
  ] as const)('is not shown to %s at %s', (kind, baseUrl) => {
    expect(problem(kind, baseUrl)).toContain('own addresses only')
  })
})
