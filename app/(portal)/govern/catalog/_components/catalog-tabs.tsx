import { TabLinks } from '#components/ui/tab-links.tsx'

/** The parts of the catalog's governance, each a page of its own. */
export function CatalogTabs({ open }: { open: number }) {
  return (
    <TabLinks
      label="Parts of the catalog"
      items={[
        { href: '/govern/catalog', label: 'Models' },
        { href: '/govern/catalog/requests', label: 'Requests', ...(open > 0 ? { count: open } : {}) },
        { href: '/govern/catalog/sunsets', label: 'Sunsets' },
        { href: '/govern/catalog/completeness', label: 'Completeness' },
        { href: '/govern/catalog/signers', label: 'Signers' },
      ]}
    />
  )
}
