import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import type { RecordVersionDto } from '#lib/records/schema.ts'
import type { TierDto } from '#lib/tiers/schema.ts'

type Props = { tiers: readonly TierDto[]; shown: TierDto; versions: readonly RecordVersionDto[] }

/** What each tier of the scheme was before, and who changed it. */
export function TierHistory({ tiers, shown, versions }: Props) {
  const hrefOf = (id: string) => `/govern/classification?tier=${id}`
  return (
    <Section title="History of the scheme">
      <div className="flex flex-col gap-4">
        <TabLinks
          label="Tiers"
          current={hrefOf(shown.id)}
          items={tiers.map(({ id, name }) => ({ href: hrefOf(id), label: name }))}
        />
        {versions.length > 0 ? (
          <VersionHistory versions={versions} label={`History of ${shown.name}`} made="Added" />
        ) : (
          <p className="text-muted text-sm">{shown.name} is as it was at the beginning.</p>
        )}
      </div>
    </Section>
  )
}
