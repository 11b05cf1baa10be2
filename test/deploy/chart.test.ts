import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { GatewayEnvironment } from '#gateway/environment.ts'
import { Environment } from '#lib/platform/env.ts'
import { type Manifest, manifestsOf, renderChart } from './chart/render-chart.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const CHART = path.join(ROOT, 'deploy/helm/gatehouse')
const existingSecret = 'gatehouse-secrets'
const off = { enabled: false }

/** Every switch of the chart both ways. */
const VARIANTS: Record<string, object> = {
  'as it comes': { existingSecret },
  'everything on': {
    existingSecret,
    image: { repository: 'registry.internal/gatehouse', tag: '1.2.3', pullSecrets: [{ name: 'pull' }] },
    serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/bedrock' } },
    portal: { ingress: { enabled: true, className: 'nginx', tlsSecret: 'portal-tls', annotations: { a: 'b' } } },
    gateway: {
      region: 'eu-central-1',
      trustedProxies: '10.0.0.0/8',
      spool: { storageClass: 'fast' },
      ingress: { enabled: true, annotations: { 'nginx.ingress.kubernetes.io/proxy-buffering': 'off' } },
      nodeSelector: { pool: 'gateway' },
      tolerations: [{ key: 'gateway', operator: 'Exists' }],
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    },
    worker: { checkpointsClaim: 'write-once' },
    monitoring: { podMonitor: { enabled: true }, prometheusRule: { enabled: true }, dashboard: { enabled: true } },
  },
  'everything off': {
    existingSecret,
    serviceAccount: { create: false },
    migration: off,
    networkPolicy: off,
    portal: { autoscaling: off, disruptionBudget: off },
    gateway: { autoscaling: off, disruptionBudget: off },
    worker: { disruptionBudget: off },
  },
}

interface PodSpec {
  containers: {
    name: string
    image: string
    command: string[]
    env?: { name: string }[]
    envFrom?: { secretRef?: { name: string } }[]
    ports?: { name: string }[]
    resources?: { requests?: object; limits?: object }
    securityContext?: object
    [probe: string]: unknown
  }[]
  securityContext?: object
}
interface Workload extends Manifest {
  spec: { selector?: { matchLabels: object }; template: { metadata: { labels: object }; spec: PodSpec } }
}

const render = (values: object) => manifestsOf(renderChart(CHART, values as Record<string, unknown>))
const isWorkload = (manifest: Manifest): manifest is Workload =>
  ['Deployment', 'StatefulSet', 'Job'].includes(manifest.kind)
const find = (manifests: Manifest[], kind: string, name: string) =>
  manifests.find(one => one.kind === kind && one.metadata.name === name)

describe.each(Object.entries(VARIANTS))('the chart, %s', (_name, values) => {
  const manifests = render(values)

  test('is what the API of Kubernetes takes, field by field', async () => {
    const own = manifests.filter(({ apiVersion }) => !apiVersion.startsWith('monitoring.coreos.com'))
    expect(own.length).toBeGreaterThan(6)
    for (const manifest of own) {
      const module = (await import(/* @vite-ignore */ `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`)) as {
        [kind: string]: new (data: Manifest) => { validate(): void }
      }
      const Model = module[manifest.kind]
      expect(Model, `${manifest.apiVersion} ${manifest.kind}`).toBeDefined()
      if (Model) expect(() => new Model(manifest).validate(), JSON.stringify(manifest)).not.toThrow()
    }
    expect(unknownFields(own)).toBe('')
  }, 60_000)

  test('names each object once', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('runs every container bounded, as nobody, on a root it cannot write', () => {
    const workloads = manifests.filter(isWorkload)
    expect(workloads.length).toBeGreaterThanOrEqual(3)
    for (const { spec, metadata } of workloads) {
      const pod = spec.template.spec
      expect(pod.securityContext, metadata.name).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
      for (const container of pod.containers) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: { memory: expect.anything() },
        })
        expect(container.envFrom).toContainEqual({ secretRef: { name: existingSecret } })
      }
    }
  })

  test('selects the pods it makes, and probes ports that they have', () => {
    for (const { spec, kind, metadata } of manifests.filter(isWorkload)) {
      if (kind !== 'Job') expect(spec.template.metadata.labels).toMatchObject(spec.selector?.matchLabels ?? { none: 1 })
      for (const container of spec.template.spec.containers) {
        const ports = new Set(container.ports?.map(port => port.name))
        const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap(name => container[name] ?? [])
        if (kind !== 'Job') expect(probes.length, metadata.name).toBeGreaterThan(1)
        for (const probe of probes as { httpGet?: { port: string }; tcpSocket?: { port: string } }[]) {
          expect([...ports]).toContain(probe.httpGet?.port ?? probe.tcpSocket?.port)
        }
      }
    }
  })

  test('sets nothing that the processes do not read', () => {
    const known = new Set([...Object.keys(Environment.shape), ...Object.keys(GatewayEnvironment.shape)])
    const others = new Set(['POD_IP', 'GATEHOUSE_PROCESS'])
    const settings = Object.keys((find(manifests, 'ConfigMap', 'gatehouse') as unknown as { data: object }).data)
    const given = manifests
      .filter(isWorkload)
      .flatMap(({ spec }) => spec.template.spec.containers.flatMap(({ env }) => env?.map(({ name }) => name) ?? []))
    expect([...settings, ...given].filter(name => !known.has(name) && !others.has(name))).toEqual([])
  })
})

test('a field that Kubernetes does not know would be seen', () => {
  const [first] = render({ existingSecret }).filter(({ kind }) => kind === 'PodDisruptionBudget')
  const misspelt = { ...first, spec: { ...(first?.spec as object), minAvailabel: 1 } } as Manifest
  expect(unknownFields([misspelt])).toContain('minAvailabel')
})

test('an installation without a secret is refused with the way out', () => {
  expect(() => render({})).toThrow(/existingSecret: name a Secret with DATABASE_URL and GATEHOUSE_SECRET_KEY/)
})

test('a gateway keeps its spool and has the time to drain', () => {
  const manifests = render({ existingSecret, gateway: { drainSeconds: 300 } })
  const gateway = find(manifests, 'StatefulSet', 'gatehouse-gateway') as Manifest & {
    spec: { volumeClaimTemplates: unknown[]; template: { spec: { terminationGracePeriodSeconds: number } } }
  }
  expect(gateway.spec.volumeClaimTemplates).toHaveLength(1)
  expect(gateway.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(300)
  expect(JSON.stringify(gateway)).toContain('"name":"GATEWAY_DRAIN_TIMEOUT_MS","value":"300000"')
})

test('a change of the settings starts pods anew', () => {
  const annotation = (level: string) => {
    const manifests = render({ existingSecret, settings: { LOG_LEVEL: level } })
    const portal = find(manifests, 'Deployment', 'gatehouse-portal') as Workload
    return (portal.spec.template.metadata as { annotations?: object }).annotations
  }
  expect(annotation('info')).not.toEqual(annotation('debug'))
})

test('the rules of the operator are those beside the chart', () => {
  const manifests = render({ existingSecret, monitoring: { prometheusRule: { enabled: true } } })
  const rules = parseYaml(readFileSync(path.join(ROOT, 'deploy/prometheus/gatehouse.rules.yaml'), 'utf8'))
  expect(find(manifests, 'PrometheusRule', 'gatehouse')?.spec).toEqual(rules)
})

/** Fields that Kubernetes does not know pass its schemas; the compiler knows them. What it says, or nothing. */
function unknownFields(manifests: readonly Manifest[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-chart-'))
  const lines = manifests.map(({ apiVersion, kind, ...rest }, at) => {
    const type = `import('kubernetes-models/${apiVersion}/${kind}').I${kind}`
    return `export const manifest${at}: ${type} = ${JSON.stringify({ apiVersion, kind, ...rest })}`
  })
  writeFileSync(path.join(folder, 'manifests.ts'), lines.join('\n'))
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: 'preserve',
    target: 'ES2024',
    types: [],
    paths: { 'kubernetes-models/*': [path.join(ROOT, 'node_modules/kubernetes-models/*')] },
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['manifests.ts'] }))
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' }).stdout
}
