import { databases } from '#lib/platform/database.ts'

export const dynamic = 'force-dynamic'

const DEADLINE_MS = 3_000

/** Whether the portal can work: 200, or 503 and the reason. Says nothing that only a signed-in person may know. */
export async function GET(): Promise<Response> {
  const reachable = await Promise.race([answers(), after(DEADLINE_MS)])
  const headers = { 'cache-control': 'no-store' }
  if (reachable) return Response.json({ status: 'ok' }, { headers })
  return Response.json({ status: 'down', reason: 'The database does not answer.' }, { status: 503, headers })
}

async function answers(): Promise<boolean> {
  try {
    await databases().system.$queryRaw`select 1`
    return true
  } catch {
    return false
  }
}

function after(ms: number): Promise<false> {
  return new Promise(resolve => setTimeout(resolve, ms, false).unref())
}
