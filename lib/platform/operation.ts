import type { z } from 'zod'
import type { Permission } from '#core/permissions.ts'
import type { Context } from './context.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One path and method of the REST API: its contract, and the verb or query it is a door to. */
export interface Operation {
  method: Method
  /** Below /api/v1, with parameters in braces: `/keys/{id}/rotate`. */
  path: string
  summary: string
  /** Needed at some scope; the verb itself checks it, this says it in the document. Null: any caller. */
  permission: Permission | null
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
  /** Status of success; 200 unless told. */
  status?: number
  /** What else the answer may be, when not JSON (an export): its media type. */
  mediaType?: string
  /** The largest body it takes; 1 MiB unless told. */
  maxBodyBytes?: number
  run(call: OperationCall): Promise<unknown>
}

export interface OperationCall {
  ctx: Context
  params: Record<string, string>
  query: unknown
  body: unknown
}

/** An operation whose `query` has been read by its schema; the body goes to the verb, which reads it itself. */
export function defineOperation<Q extends z.ZodType = z.ZodType<undefined>>(
  operation: Omit<Operation, 'run' | 'query'> & {
    query?: Q
    run(call: Omit<OperationCall, 'query'> & { query: z.output<Q> }): Promise<unknown>
  },
): Operation {
  return operation as Operation
}
