import {
  Activity,
  BarChart3,
  BellRing,
  BookOpen,
  BookOpenCheck,
  Box,
  Building2,
  Check,
  FileText,
  Gauge,
  Gavel,
  GitCommitVertical,
  HeartPulse,
  Home,
  Inbox,
  KeyRound,
  KeySquare,
  Layers,
  LibraryBig,
  ListChecks,
  LogIn,
  MessageSquareLock,
  Milestone,
  Play,
  Plug,
  Repeat,
  Route,
  ScrollText,
  Server,
  Settings,
  ShieldAlert,
  ShieldCheck,
  ShieldOff,
  ShieldX,
  Siren,
  TriangleAlert,
  Users,
  Wallet,
  Workflow,
} from 'lucide-react'
import type { NavigationGroup } from '#components/shell/navigation.ts'
import type { Permission } from '#core/permissions.ts'

type Entry = NavigationGroup['entries'][number] & { permission?: Permission }

/** The sidebar, by audience; each person sees the entries they may use. */
export const NAVIGATION: (Omit<NavigationGroup, 'entries'> & { entries: Entry[] })[] = [
  {
    entries: [
      { label: 'Home', href: '/home', icon: <Home /> },
      { label: 'Inbox', href: '/inbox', icon: <Inbox /> },
      { label: 'Approvals', href: '/approvals', icon: <Check />, permission: 'approvals.read' },
    ],
  },
  {
    label: 'Build',
    entries: [
      { label: 'API keys', href: '/build/keys', icon: <KeyRound />, permission: 'keys.read' },
      { label: 'Models', href: '/build/models', icon: <Box />, permission: 'models.read' },
      { label: 'Playground', href: '/build/playground', icon: <Play />, permission: 'playground.use' },
      { label: 'Usage', href: '/build/usage', icon: <BarChart3 />, permission: 'usage.read' },
      { label: 'Docs', href: '/docs', icon: <BookOpen /> },
    ],
  },
  {
    label: 'Workloads',
    entries: [
      { label: 'Workloads', href: '/workloads', icon: <Workflow />, permission: 'workloads.read' },
      { label: 'Briefs', href: '/workloads/briefs', icon: <FileText />, permission: 'workloads.read' },
    ],
  },
  {
    label: 'Operate',
    entries: [
      { label: 'Requests', href: '/operate/requests', icon: <Activity />, permission: 'requests.read' },
      { label: 'Gateway fleet', href: '/operate/gateway', icon: <Server />, permission: 'gateway.read' },
      { label: 'Routes', href: '/operate/routes', icon: <Route />, permission: 'routes.read' },
      { label: 'Deployments', href: '/operate/deployments', icon: <HeartPulse />, permission: 'routes.read' },
      { label: 'Failover drills', href: '/operate/failover-drills', icon: <Siren />, permission: 'routes.read' },
      { label: 'Rate limits', href: '/operate/rate-limits', icon: <Gauge />, permission: 'rateLimits.read' },
      { label: 'Guardrails', href: '/operate/guardrails', icon: <ShieldAlert />, permission: 'guardrails.read' },
      { label: 'Response cache', href: '/operate/cache', icon: <Repeat />, permission: 'cache.read' },
    ],
  },
  {
    label: 'Govern',
    entries: [
      { label: 'Review board', href: '/govern/board', icon: <Gavel />, permission: 'board.read', wide: true },
      { label: 'Catalog', href: '/govern/catalog', icon: <LibraryBig />, permission: 'models.read' },
      { label: 'Policies', href: '/govern/policies', icon: <BookOpenCheck />, permission: 'policies.read' },
      { label: 'Classification', href: '/govern/classification', icon: <Layers />, permission: 'guardrails.read' },
      { label: 'Exemptions', href: '/govern/exemptions', icon: <ShieldOff />, permission: 'exemptions.read' },
      { label: 'Risks', href: '/govern/risks', icon: <TriangleAlert />, permission: 'risks.read' },
    ],
  },
  {
    label: 'Finance',
    entries: [{ label: 'Budgets', href: '/finance/budgets', icon: <Wallet />, permission: 'budgets.read' }],
  },
  {
    label: 'Security',
    entries: [
      { label: 'Data loss', href: '/security/dlp', icon: <ShieldX />, permission: 'guardrails.read' },
      { label: 'Content log', href: '/security/content-log', icon: <MessageSquareLock />, permission: 'content.list' },
      { label: 'Audit log', href: '/security/audit', icon: <ScrollText />, permission: 'audit.read' },
    ],
  },
  {
    label: 'Assure',
    entries: [
      { label: 'Maturity', href: '/assure/maturity', icon: <Milestone />, permission: 'maturity.read' },
      { label: 'Repository', href: '/assure/artifacts', icon: <GitCommitVertical />, permission: 'artifacts.read' },
      { label: 'Consistency', href: '/assure/consistency', icon: <ListChecks />, permission: 'consistency.read' },
    ],
  },
  {
    label: 'Admin',
    entries: [
      { label: 'People', href: '/admin/people', icon: <Users />, permission: 'people.read' },
      { label: 'Teams', href: '/admin/teams', icon: <Building2 />, permission: 'teams.read' },
      { label: 'Roles', href: '/admin/roles', icon: <ShieldCheck />, permission: 'people.read' },
      { label: 'Sign-in', href: '/admin/sign-in', icon: <LogIn />, permission: 'people.manage' },
      { label: 'Providers', href: '/admin/providers', icon: <Plug />, permission: 'providers.read' },
      { label: 'Service tokens', href: '/admin/service-tokens', icon: <KeySquare />, permission: 'serviceTokens.read' },
      {
        label: 'Notifications',
        href: '/admin/notifications',
        icon: <BellRing />,
        permission: 'notifications.read',
      },
      { label: 'Settings', href: '/admin/settings', icon: <Settings />, permission: 'organization.manage' },
    ],
  },
]
