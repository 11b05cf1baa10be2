import { newId } from '#core/ids.ts'
import { getFile } from '#lib/annotations/queries.ts'
import { requireContext } from '#lib/platform/auth/viewer.ts'
import { DomainError, ERROR_KINDS } from '#lib/platform/errors.ts'

/** A file that is attached to a record. Always saved, never shown: what somebody uploaded is no page of this portal. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const ctx = await requireContext(newId())
    const { name, mediaType, content, digest } = await getFile(ctx, (await params).id)
    return new Response(Buffer.from(content, 'base64'), {
      headers: {
        'content-type': mediaType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
        etag: `"${digest}"`,
      },
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return new Response(error.message, { status: ERROR_KINDS[error.kind].status })
  }
}
