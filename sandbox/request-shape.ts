import type { z } from 'zod'
import type { Wire } from './exchange.ts'
import { VendorError } from './vendor-error.ts'

/**
 * Reads a request body, and words the first thing that is wrong as the vendor does. Fields that the sandbox does not
 * act on are accepted, since vendors add fields and gateways pass them on.
 *
 * @throws VendorError 400
 */
export function readRequest<T extends z.ZodType>(wire: Wire, schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path ?? []
  const missing = issue?.code === 'invalid_type' && path.length > 0 && valueAt(body, path) === undefined
  throw wire === 'openai' ? openAiError(path, missing, issue?.message) : anthropicError(path, missing, issue?.message)
}

function openAiError(path: readonly PropertyKey[], missing: boolean, message = 'invalid body'): VendorError {
  const param = path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  )
  if (missing) {
    const code = 'missing_required_parameter'
    return new VendorError(400, `Missing required parameter: '${param}'.`, { param, code })
  }
  return new VendorError(400, `Invalid value for '${param || 'body'}': ${message}.`, {
    param: param || null,
    code: 'invalid_value',
  })
}

function anthropicError(path: readonly PropertyKey[], missing: boolean, message = 'invalid body'): VendorError {
  const field = path.map(String).join('.') || 'body'
  return new VendorError(400, `${field}: ${missing ? 'Field required' : message}`)
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    body,
  )
}
