import { randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import { grantsOf } from '#core/role-grants.ts'
import { sha256 } from '#core/secrets.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, scopeOf, type VerbArgs } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { DomainError, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { calendarOf } from './calendar.ts'
import { CalendarLinkInput } from './schema.ts'

const DAY_MS = 86_400_000
const PAST_DAYS = 90
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Makes the secret address at which one's calendar reads the board's meetings; an earlier one ends. Shown once. */
export async function makeCalendarLink({ ctx, input }: VerbArgs): Promise<{ url: string }> {
  requirePermission(ctx, 'board.read')
  parseInput(CalendarLinkInput, input)
  const { actor, organizationId } = ctx
  if (actor.kind !== 'person' || scopeOf(actor, 'board.read') !== 'organization') {
    throw new DomainError('permission_denied', 'This needs the permission board.read for the whole organization.')
  }
  const token = randomBytes(32).toString('base64url')
  return transact(ctx, async tx => {
    const fields = { tokenHash: Uint8Array.from(sha256(token)), createdAt: new Date() }
    const link = await tx.boardCalendarLink.upsert({
      where: { organizationId_personId: { organizationId, personId: actor.id } },
      create: { id: newId(), organizationId, personId: actor.id, ...fields },
      update: fields,
    })
    await audit(tx, ctx, {
      action: 'board_calendar.linked',
      subject: { kind: 'board_calendar', id: link.id, name: actor.name },
    })
    return { url: `${portalUrl()}/api/calendar/${token}` }
  })
}

/** The board's meetings for whoever holds a secret address; null for an unknown one, or a person who may not see them now. */
export async function calendarFeed(token: string, now = Date.now()): Promise<string | null> {
  if (!TOKEN.test(token)) return null
  const { system } = databases()
  const link = await system.boardCalendarLink.findUnique({ where: { tokenHash: Uint8Array.from(sha256(token)) } })
  if (!link) return null
  const person = await system.person.findFirst({ where: { id: link.personId, status: 'active' } })
  if (!person || grantsOf(person.roles)['board.read'] !== 'organization') return null
  const { organizationId } = link
  const meetings = await system.boardMeeting.findMany({
    where: { organizationId, startsAt: { gt: new Date(now - PAST_DAYS * DAY_MS) } },
    orderBy: { startsAt: 'asc' },
  })
  const charter = await system.boardCharter.findUnique({ where: { organizationId } })
  return calendarOf(charter?.name ?? 'Review board', meetings)
}
