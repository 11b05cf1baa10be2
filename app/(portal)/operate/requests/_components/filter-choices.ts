import 'server-only'
import type { TableFilterSpec } from '#components/data-table/table-filter.tsx'
import { listExemptions } from '#lib/exemptions/queries.ts'
import { ListExemptionsQuery } from '#lib/exemptions/schema.ts'
import { listKeys } from '#lib/keys/queries.ts'
import { ListKeysQuery } from '#lib/keys/schema.ts'
import { listModels } from '#lib/models/queries.ts'
import { ListModelsQuery } from '#lib/models/schema.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listRoutes } from '#lib/routes/queries.ts'
import { ListRoutesQuery } from '#lib/routes/schema.ts'
import { listTeams } from '#lib/teams/queries.ts'
import { ListTeamsQuery } from '#lib/teams/schema.ts'
import { OUTCOME_WORDS } from './request-words.ts'

const MANY = 200
const FIXED: TableFilterSpec[] = [
  {
    key: 'outcome',
    label: 'Result',
    single: true,
    items: Object.entries(OUTCOME_WORDS).map(([value, { label }]) => ({ value, label })),
  },
  {
    key: 'status',
    label: 'Status',
    single: true,
    items: [
      { value: '2xx', label: '2xx answered' },
      { value: '4xx', label: '4xx refused' },
      { value: '401', label: '401 key' },
      { value: '402', label: '402 spend' },
      { value: '403', label: '403 policy' },
      { value: '429', label: '429 rate' },
      { value: '5xx', label: '5xx failed' },
    ],
  },
  {
    key: 'cost',
    label: 'Cost',
    single: true,
    items: ['0.01', '0.10', '1', '10'].map(value => ({ value, label: `USD ${value} or more` })),
  },
  {
    key: 'latency',
    label: 'Time',
    single: true,
    items: [
      { value: '1000', label: '1 s or more' },
      { value: '5000', label: '5 s or more' },
      { value: '30000', label: '30 s or more' },
    ],
  },
  {
    key: 'streaming',
    label: 'Answer',
    single: true,
    items: [
      { value: 'true', label: 'Streamed' },
      { value: 'false', label: 'In one piece' },
    ],
  },
  {
    key: 'order',
    label: 'Order',
    single: true,
    items: [
      { value: 'cost', label: 'Dearest first' },
      { value: 'latency', label: 'Slowest first' },
    ],
  },
]

/** The filters of the explorer with their choices, as far as the person sees other people's requests. */
export async function requestFilterChoices(ctx: Context): Promise<TableFilterSpec[]> {
  const own = scopeOf(ctx.actor, 'requests.read') === 'own'
  const seesRoutes = scopeOf(ctx.actor, 'routes.read') !== null
  const [teams, people, models, keys, routes, exemptions] = await Promise.all([
    own ? null : listTeams(ctx, ListTeamsQuery.parse({ limit: MANY, state: 'all' })),
    own ? null : listPeople(ctx, ListPeopleQuery.parse({ limit: MANY })),
    listModels(ctx, ListModelsQuery.parse({ limit: MANY })),
    listKeys(ctx, ListKeysQuery.parse({ limit: MANY })),
    seesRoutes ? listRoutes(ctx, ListRoutesQuery.parse({ limit: MANY, state: 'all' })) : null,
    listExemptions(ctx, ListExemptionsQuery.parse({ limit: MANY, view: 'all' })),
  ])
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })
  const titled = ({ id, title }: { id: string; title: string }) => ({ value: id, label: title })
  const modelItems = models.data.map(({ id, identifier }) => ({ value: id, label: identifier }))
  return [
    ...(teams ? [{ key: 'team', label: 'Team', single: true, items: teams.data.map(named) }] : []),
    ...(people ? [{ key: 'person', label: 'Person', single: true, items: people.data.map(named) }] : []),
    { key: 'model', label: 'Model', single: true, items: modelItems },
    { key: 'key', label: 'Key', single: true, items: keys.data.map(named) },
    ...(routes && routes.data.length > 0
      ? [{ key: 'route', label: 'Route', single: true, items: routes.data.map(named) }]
      : []),
    ...(exemptions.data.length > 0
      ? [{ key: 'exemption', label: 'Exemption', single: true, items: exemptions.data.map(titled) }]
      : []),
    ...FIXED,
  ]
}
