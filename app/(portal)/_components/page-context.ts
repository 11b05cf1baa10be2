import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { newId } from '#core/ids.ts'
import { currentViewer, type Viewer, viewerContext } from '#lib/platform/auth/viewer.ts'
import type { Context } from '#lib/platform/context.ts'

export interface PageContext {
  ctx: Context
  viewer: Viewer
}

/** Who looks at the page, once a request. Leads to the sign-in page when nobody is signed in. */
export const pageContext = cache(async (): Promise<PageContext> => {
  const viewer = await currentViewer()
  if (!viewer) redirect('/sign-in')
  const requestId = (await headers()).get('x-request-id') ?? newId()
  return { ctx: viewerContext(viewer, requestId), viewer }
})
