import { OPERATIONS, type Operation, PATH_PREFIXES } from './operations.ts'

const ERROR = {
  type: 'object',
  description: 'In the shape of the path: OpenAI, or {type: "error", error, request_id} for Anthropic paths.',
  properties: {
    error: {
      type: 'object',
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        code: { type: 'string' },
        param: { type: ['string', 'null'] },
        gatehouse: {
          type: 'object',
          properties: {
            rule: { type: 'string' },
            request_id: { type: 'string' },
            docs: { type: 'string', description: 'Where the error is explained.' },
          },
        },
      },
    },
  },
}

const REFUSALS: Readonly<Record<string, string>> = {
  '400': 'A field, a header or the JSON is wrong',
  '401': 'The key is missing, unknown, expired or revoked',
  '402': 'The daily limit of the key is spent',
  '403': 'The key may not use this model, or not from here',
  '404': 'The model is not in the catalog',
  '413': 'The body is too large',
  '415': 'The body is not JSON',
  '429': 'The rate limit of the key is reached',
  '502': 'The provider failed',
  '503': 'The gateway cannot record requests',
  '504': 'The provider did not answer in time',
}

/** The gateway's own description, in OpenAPI 3.1. Bodies are those of the vendors' references, passed through. */
export function openApiDocument(): unknown {
  const paths: Record<string, unknown> = {}
  for (const operation of OPERATIONS) {
    paths[`/v1${operation.path}`] = {
      post: {
        operationId: operation.name,
        summary: operation.summary,
        tags: [operation.family],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: bodySchema(operation) } },
        },
        responses: { '200': { description: 'The answer of the provider' }, ...refusals(Object.keys(REFUSALS)) },
      },
    }
  }
  const listed = { '200': { description: 'Models that the key may call' }, ...refusals(['401', '403']) }
  paths['/v1/models'] = { get: { operationId: 'listModels', summary: 'List models', responses: listed } }
  paths['/v1/models/{id}'] = {
    get: {
      operationId: 'getModel',
      summary: 'Describe a model',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { ...listed, ...refusals(['404']) },
    },
  }
  addVariants(paths)
  for (const [path, summary] of OPERATIONAL) {
    paths[path] = { get: { summary, security: [], responses: { '200': { description: summary } } } }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse gateway',
      version: '1',
      description: 'Every path of the wire also exists without /v1, and under /openai and /anthropic.',
    },
    security: [{ bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
      schemas: { Error: ERROR },
    },
  }
}

function bodySchema({ defaultModel }: Operation): object {
  const model = { type: 'string', ...(defaultModel !== null && { default: defaultModel }) }
  return { type: 'object', required: defaultModel === null ? ['model'] : [], properties: { model } }
}

/** The other paths of what is described under `/v1`. */
function addVariants(paths: Record<string, unknown>): void {
  for (const path of Object.keys(paths)) {
    const $ref = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`
    for (const prefix of PATH_PREFIXES) if (prefix !== '/v1') paths[prefix + path.slice('/v1'.length)] = { $ref }
  }
}

const OPERATIONAL = [
  ['/healthz', 'The process is alive'],
  ['/readyz', 'The process can serve, and what is degraded'],
  ['/metrics', 'Figures for Prometheus'],
  ['/openapi.json', 'This description'],
] as const

function refusals(statuses: readonly string[]): Record<string, unknown> {
  const schema = { $ref: '#/components/schemas/Error' }
  return Object.fromEntries(
    statuses.map(status => [status, { description: REFUSALS[status], content: { 'application/json': { schema } } }]),
  )
}
