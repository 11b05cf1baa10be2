import { OPENAI_FORWARDS, openaiWire } from '../base-path.ts'
import type { Vendor } from '../vendor.ts'

const DEFAULT_API_VERSION = '2024-10-21'

/**
 * Azure OpenAI with an API key or a token of Entra ID. The base URL is the resource's
 * (`https://<resource>.openai.azure.com`): the model's upstream name is then the deployment, and `?api-version=` in
 * the base URL chooses the version. A base URL that ends in `/openai/v1` uses the versionless API.
 */
export const azureOpenai: Vendor = {
  endpoint({ base, operation, model }) {
    if (operation.family !== 'openai' || operation.name === 'moderations') return null
    const path = base.pathname.replace(/\/+$/, '')
    if (path.endsWith('/openai/v1')) {
      return { path: path + operation.path + base.search, ...openaiWire(operation) }
    }
    const version = base.searchParams.get('api-version') ?? DEFAULT_API_VERSION
    const query = `?api-version=${encodeURIComponent(version)}`
    const root = path.endsWith('/openai') ? path : `${path}/openai`
    if (operation.name === 'responses') {
      return { path: `${root}${operation.path}${query}`, ...openaiWire(operation) }
    }
    return { path: `${root}/deployments/${encodeURIComponent(model)}${operation.path}${query}` }
  },
  keyHeaders: ({ apiKey }) => ['api-key', apiKey],
  forwards: OPENAI_FORWARDS,
}
