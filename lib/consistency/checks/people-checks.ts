import { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { APPROVAL_KINDS } from '#lib/approvals/kinds.ts'
import { policyInForce } from '#lib/approvals/policy-in-force.ts'
import type { ConsistencyCheck, Finding } from '../check.ts'

export const PEOPLE_CHECKS: readonly ConsistencyCheck[] = [
  {
    id: 'teams-have-a-lead',
    title: 'Every team has a lead who still works here',
    consequence: 'Requests of the team go to administrators, and nobody hears of its budgets.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const teams = await tx.team.findMany({
        where: {
          organizationId,
          archivedAt: null,
          memberships: { none: { kind: 'lead', person: { status: 'active' } } },
        },
        orderBy: { name: 'asc' },
      })
      return teams.map(({ id, name }) => ({
        subject: { kind: 'team', id, name },
        message: `${name} has no active lead`,
        fix: { text: 'Name a lead', href: `/admin/teams/${id}` },
      }))
    },
  },
  {
    id: 'keys-have-a-holder',
    title: 'Every key in use belongs to somebody who still works here, in a team that exists',
    consequence: 'Calls go on in the name of somebody who left.',
    severity: 'error',
    async run(tx, { organizationId }) {
      const keys = await tx.apiKey.findMany({
        where: {
          organizationId,
          kind: 'live',
          revokedAt: null,
          expiresAt: { gt: new Date() },
          OR: [{ person: { status: 'deactivated' } }, { team: { archivedAt: { not: null } } }],
        },
        include: { person: true, team: true },
        orderBy: { name: 'asc' },
      })
      return keys.map(({ id, name, person, team }) => ({
        subject: { kind: 'key', id, name },
        message: team.archivedAt
          ? `${name} belongs to ${team.name}, which is archived`
          : `${name} belongs to ${person?.name}, who left`,
        fix: { text: 'Revoke it, or issue another', href: `/build/keys/${id}` },
      }))
    },
  },
  {
    id: 'data-sources-have-an-owner',
    title: 'Every data source has an owner who still works here',
    consequence: 'Nobody answers for how its data is classified.',
    severity: 'warning',
    async run(tx, { organizationId }) {
      const sources = await tx.dataSource.findMany({
        where: { organizationId, archivedAt: null },
        orderBy: { name: 'asc' },
      })
      const active = await tx.person.findMany({ where: { organizationId, status: 'active' }, select: { id: true } })
      const known = new Set(active.map(({ id }) => id))
      return sources
        .filter(({ ownerId }) => ownerId === null || !known.has(ownerId))
        .map(({ id, name, ownerId }) => ({
          subject: { kind: 'data_source', id, name },
          message: ownerId === null ? `${name} has no owner` : `The owner of ${name} left`,
          fix: { text: 'Name an owner', href: '/govern/classification' },
        }))
    },
  },
  {
    id: 'approval-steps-have-deciders',
    title: 'Every step of every approval policy can be decided by somebody',
    consequence: 'Requests wait for administrators, whatever the policy says.',
    severity: 'error',
    async run(tx, { organizationId }) {
      const people = await tx.person.findMany({
        where: { organizationId, status: 'active' },
        select: { id: true, roles: true },
      })
      const findings: Finding[] = []
      for (const kind of APPROVAL_KINDS) {
        const { policy } = await policyInForce(tx, organizationId, kind)
        for (const { name, approvers, quorum } of ApprovalPolicy.parse(policy).steps) {
          if (approvers.teamLeads) continue
          const able = people.filter(
            ({ id, roles }) => approvers.personIds.includes(id) || roles.some(role => approvers.roles.includes(role)),
          ).length
          const needed = typeof quorum === 'number' ? quorum : 1
          if (able >= needed) continue
          findings.push({
            subject: { kind: 'approval_policy', id: kind.id, name: kind.title },
            message: `${kind.title}, step ${name}: ${able} of the ${needed} people it takes`,
            fix: { text: 'Change the policy, or give somebody the role', href: '/approvals/policies' },
          })
        }
      }
      return findings
    },
  },
]
