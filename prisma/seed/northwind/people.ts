import type { Role } from '#core/permissions.ts'
import type { TeamSlug } from './teams.ts'

export interface DemoPerson {
  name: string
  /** Only the personas that one can sign in as have one. */
  title: string | null
  roles: Role[]
  teams: TeamSlug[]
  leads?: TeamSlug
  /** Days ago they joined; 120 unless told. */
  joined?: number
  left?: number
}

/** Whoever has a title is a persona of the sign-in page; together they cover every role. */
export const PEOPLE: readonly DemoPerson[] = [
  { name: 'Amina Khalil', title: 'Security lead, board member', roles: ['security', 'board_member'], teams: [] },
  { name: 'Tomás Herrera', title: 'Backend developer', roles: ['developer'], teams: ['support'] },
  { name: 'Priya Raman', title: 'Team lead, Support assistants', roles: ['team_lead'], teams: [], leads: 'support' },
  { name: 'Rashid Al-Amin', title: 'Team lead, Data platform', roles: ['team_lead'], teams: [], leads: 'data' },
  { name: 'Noor de Vries', title: 'Approver, board chair', roles: ['approver', 'board_member'], teams: [] },
  { name: 'Grace Okafor', title: 'Finance partner', roles: ['finance', 'board_member'], teams: [] },
  { name: 'Kenji Watanabe', title: 'Operations engineer', roles: ['operations'], teams: [] },
  { name: 'Elin Söderström', title: 'Chief technology officer', roles: ['executive', 'board_member'], teams: [] },
  {
    name: 'Lucía Fernández',
    title: 'General counsel, board secretary',
    roles: ['legal', 'board_member'],
    teams: ['legal'],
  },
  { name: 'Marek Nowak', title: 'Administrator', roles: ['administrator', 'developer'], teams: ['data'] },
  { name: 'Ifeoma Eze', title: 'Internal auditor', roles: ['auditor'], teams: [] },
  { name: 'Mei Lin Tan', title: 'Machine learning engineer', roles: ['developer', 'approver'], teams: ['search'] },
  { name: 'Ana Kovačić', title: null, roles: ['developer'], teams: ['support'] },
  { name: 'Sione Tupou', title: null, roles: ['developer'], teams: ['support', 'search'] },
  { name: 'Fatima Zahra Benali', title: null, roles: ['developer'], teams: ['data'] },
  { name: 'Dmytro Petrenko', title: null, roles: ['developer'], teams: ['data'] },
  { name: 'Yuto Nakamura', title: null, roles: ['team_lead', 'developer'], teams: [], leads: 'search' },
  { name: 'Thi Mai Nguyen', title: null, roles: ['developer'], teams: ['search'] },
  { name: 'Kwame Mensah', title: null, roles: ['team_lead', 'developer'], teams: [], leads: 'payables' },
  { name: 'Sofia Rossi', title: null, roles: ['developer'], teams: ['payables'] },
  { name: 'Leila Haddad', title: null, roles: ['team_lead', 'legal'], teams: [], leads: 'legal' },
  { name: 'Diego Quispe', title: null, roles: ['team_lead', 'developer'], teams: [], leads: 'marketing' },
  { name: 'Aroha Ngata', title: null, roles: ['developer'], teams: ['marketing'] },
  { name: 'Min-jun Park', title: null, roles: ['developer'], teams: ['marketing', 'legal'] },
  { name: 'Emeka Obi', title: null, roles: ['developer'], teams: [], joined: 2 },
  { name: 'Jonas Weber', title: null, roles: ['developer'], teams: ['payables'], left: 21 },
]

/** The developer who owns the demonstration key. */
export const DEVELOPER = 'Tomás Herrera'
export const ADMINISTRATOR = 'Marek Nowak'
export const SECURITY = 'Amina Khalil'
export const OPERATIONS = 'Kenji Watanabe'

/** Their address at the fictitious company; `.example` is reserved and reaches nobody (RFC 2606). */
export function addressOf(name: string): string {
  const plain = name.normalize('NFD').replace(/[^a-zA-Z -]/g, '')
  return `${plain.toLowerCase().replaceAll(' ', '.')}@northwind.example`
}
