import { openApiDocument } from '#lib/api/openapi.ts'

export const dynamic = 'force-dynamic'

/** The API's own description; public, since it holds nothing but the contract. */
export function GET(): Response {
  return Response.json(openApiDocument())
}
