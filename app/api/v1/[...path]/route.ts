import { dispatch } from '#lib/api/dispatch.ts'

export const dynamic = 'force-dynamic'

const answer = (request: Request) => dispatch(request)

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
