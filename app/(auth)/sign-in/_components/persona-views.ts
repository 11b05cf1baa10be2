import type { Role } from '#core/permissions.ts'

/** What somebody with a role mostly sees, for choosing a persona. */
export const PERSONA_VIEWS: Record<Role, string> = {
  administrator: 'Everything, and may change it',
  developer: 'Own keys and requests, the team’s usage',
  team_lead: 'The team’s keys, requests and spend',
  approver: 'Every key and the usage of all teams',
  security: 'Every request and key, and the audit log',
  finance: 'The spend of every team, model and person',
  operations: 'Gateway fleet, providers and models',
  board_member: 'Usage and the fleet of the whole organization',
  legal: 'The audit log and the usage of all teams',
  executive: 'The figures of the whole organization',
  auditor: 'Everything that is recorded, and changes nothing',
}
