import { Children, type ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { type TabLinkItem, TabLinks } from '#components/ui/tab-links.tsx'
import { LiveDot } from './live-dot.tsx'
import { PageHeader } from './page-header.tsx'
import { Section } from './section.tsx'

/** A gateway document that puts the record into force. */
export type Enforcement = {
  /** Kind and id: "budget/EX-041". */
  document: string
  /** Of the document; null for what is no document of its own. */
  version: number | null
  /** What the gateway does because of it. */
  effect: ReactNode
}

/** An approval or board decision the record rests on. */
export type Decision = { id: string; title: ReactNode; detail: ReactNode }

export type RecordPageProps = {
  /** Title as a sentence; the name goes into `crumb`. */
  title: ReactNode
  crumb: string
  status: ReactNode
  /** Id, owner and due date, joined by dots. */
  facts: readonly ReactNode[]
  /** The next action first. */
  actions?: ReactNode
  /** Overview, Evidence, History: each its own URL. */
  tabs: readonly TabLinkItem[]
  currentTab?: string
  enforcedBy: readonly Enforcement[]
  /** What stands in its place when no document does. */
  enforcedByNone?: ReactNode
  /** "Running on 3 of 3 gateways, in force 0.4 s after approval"; `settled` when all run it. */
  fleet?: { text: string; settled: boolean }
  decidedBy: readonly Decision[]
  /** Further parts of the rail: what comes next. */
  rail?: ReactNode
  children: ReactNode
}

/** The one anatomy of every record: who decided, who owns, what is next, and what enforces it. */
export function RecordPage(props: RecordPageProps) {
  return (
    <div className="grid gap-x-12 gap-y-8 px-4 py-6 md:px-7 md:py-7.5 xl:grid-cols-[minmax(0,1fr)_23rem]">
      <div className="flex min-w-0 flex-col gap-6">
        <div className="flex flex-col gap-4">
          <PageHeader
            crumb={props.crumb}
            badges={props.status}
            title={props.title}
            description={<FactLine facts={props.facts} />}
          />
          {props.actions ? <div className="flex flex-wrap gap-2">{props.actions}</div> : null}
        </div>
        <TabLinks items={props.tabs} current={props.currentTab} label="Parts of this record" />
        <div className="flex min-w-0 flex-col gap-7">{props.children}</div>
      </div>
      <aside aria-label="Enforcement and decisions" className="flex min-w-0 flex-col gap-7">
        <EnforcementRail enforcedBy={props.enforcedBy} none={props.enforcedByNone} fleet={props.fleet} />
        <DecisionRail decidedBy={props.decidedBy} />
        {props.rail}
      </aside>
    </div>
  )
}

function FactLine({ facts }: { facts: readonly ReactNode[] }) {
  return (
    <span className="flex flex-wrap gap-x-1.5">
      {Children.map(facts, (fact, index) => (
        <span>
          {fact}
          {index < facts.length - 1 ? ' ·' : ''}
        </span>
      ))}
    </span>
  )
}

/** "What enforces this": gateway documents with their version, and how far the fleet is. */
export function EnforcementRail({
  enforcedBy,
  none = 'Nothing at the gateway yet. It is in force once it is approved.',
  fleet,
}: Pick<RecordPageProps, 'enforcedBy' | 'fleet'> & { none?: ReactNode }) {
  return (
    <Section title="What enforces this">
      <div className="divide-y divide-line rounded-[10px] border border-line bg-raised px-3.5 text-sm">
        {enforcedBy.map(item => (
          <div key={item.document} className="py-3">
            <p className="flex items-center justify-between gap-3">
              <span className="truncate" title={item.document}>
                {documentWords(item.document)}
              </span>
              {item.version === null ? null : (
                <Badge tone="ok" icon={null}>
                  v{item.version}
                </Badge>
              )}
            </p>
            <p className="mt-0.5 text-muted">{item.effect}</p>
          </div>
        ))}
        {enforcedBy.length === 0 ? <p className="py-3 text-muted">{none}</p> : null}
        {fleet ? (
          <p className="py-3 text-muted">
            <LiveDot tone={fleet.settled ? 'ok' : 'warn'} pulse={!fleet.settled}>
              {fleet.text}
            </LiveDot>
          </p>
        ) : null}
      </div>
    </Section>
  )
}

/** "data_source/019f…" is "Data source document"; what is named in words stays as it is. */
function documentWords(document: string): string {
  const [, kind] = /^([a-z_]+)\/[0-9a-f-]{36}$/.exec(document) ?? []
  return kind ? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('_', ' ')} document` : document
}

/** "What decided this": approvals and board decisions. */
export function DecisionRail({ decidedBy }: Pick<RecordPageProps, 'decidedBy'>) {
  return (
    <Section title="What decided this">
      <div className="divide-y divide-line rounded-[10px] border border-line bg-raised px-3.5 text-sm">
        {decidedBy.map(decision => (
          <div key={decision.id} className="py-3">
            <p className="font-medium">{decision.title}</p>
            <div className="mt-0.5 text-muted">{decision.detail}</div>
          </div>
        ))}
        {decidedBy.length === 0 ? <p className="py-3 text-muted">No decision yet.</p> : null}
      </div>
    </Section>
  )
}
