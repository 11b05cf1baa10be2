import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { GatewayEnvironment } from '#gateway/environment.ts'
import { Environment } from '#lib/platform/env.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, 'deploy', file), 'utf8')
const OURS = ['migrate', 'portal', 'gateway', 'worker']

/** The part of the Compose specification that the file uses; a field outside of it is an error. */
const Service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.enum(['no', 'unless-stopped']),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  /** Null: passed on where it is set. */
  environment: z.record(z.string(), z.string().nullable()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      retries: z.int().optional(),
      start_period: z.string().optional(),
    })
    .optional(),
})
const Compose = z.looseObject({
  name: z.string(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null()),
})
const compose = Compose.parse(parse(read('compose.yaml'), { merge: true }))

test('no secret has a default', () => {
  const secrets = [...read('compose.yaml').matchAll(/\$\{(\w*(?:PASSWORD|SECRET|TOKEN|KEY)\w*)([^}]*)\}/g)]
  expect(secrets.length).toBeGreaterThan(2)
  for (const [, name, rest] of secrets) expect(`${name}${rest}`).toMatch(/^\w+:\?\S/)
})

test('services wait for what exists, and name volumes that are declared', () => {
  for (const [name, { depends_on = {}, volumes = [] }] of Object.entries(compose.services)) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(compose.services[other], `${name} waits for ${other}`).toBeDefined()
      if (condition === 'service_healthy') expect(compose.services[other]?.healthcheck).toBeDefined()
    }
    for (const volume of volumes) {
      const [source = ''] = volume.split(':')
      if (source.startsWith('.')) expect(existsSync(path.join(ROOT, 'deploy', source))).toBe(true)
      else expect(compose.volumes).toHaveProperty(source)
    }
  }
})

test('our containers cannot write their root, have no capabilities, and run files that exist', () => {
  for (const name of OURS) {
    const service = compose.services[name]
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    const script = service?.command?.find(part => /\.ts$|\/next$/.test(part))
    expect(existsSync(path.join(ROOT, script ?? 'missing')), `${name}: ${script}`).toBe(true)
  }
})

test('nothing is set that the processes do not read, and ports are open to this machine only', () => {
  const known = new Set([
    ...Object.keys(Environment.shape),
    ...Object.keys(GatewayEnvironment.shape),
    'GATEHOUSE_PROCESS',
  ])
  for (const name of OURS) {
    const { environment = {}, ports = [] } = compose.services[name] ?? {}
    expect(Object.keys(environment).filter(variable => !known.has(variable))).toEqual([])
    for (const port of ports) expect(port).toMatch(/^(127\.0\.0\.1|\$\{\w+:-127\.0\.0\.1\}):/)
  }
})

test('the image has the gateway compiled ahead, by whoever runs it and with the flags it runs with', () => {
  const dockerfile = read('Dockerfile')
  const [, command = ''] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? []
  const started: string[] = JSON.parse(command)
  const compiled = dockerfile.indexOf(`RUN ${started.join(' ')} compile`)
  expect(compiled).toBeGreaterThan(dockerfile.indexOf('USER 1000:1000'))
  expect(dockerfile).toMatch(/^ENV NODE_COMPILE_CACHE=/m)
  expect(compose.services.gateway?.command).toEqual(started)
})

test('the image runs as nobody and copies no secret or test', () => {
  const dockerfile = read('Dockerfile')
  expect(dockerfile).toMatch(/^USER 1000:1000$/m)
  expect(dockerfile.match(/^FROM /gm)).toHaveLength(2)
  const ignored = read('Dockerfile.dockerignore').split('\n')
  for (const pattern of ['**/node_modules', '**/.gatehouse*', '.git', 'test', 'e2e']) expect(ignored).toContain(pattern)
})
