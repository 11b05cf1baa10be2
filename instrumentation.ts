/** Runs once as the portal's server starts, before it takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startPortal } = await import('#lib/portal/start-portal.ts')
  await startPortal()
}
