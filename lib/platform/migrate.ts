import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type {
  DiffTarget,
  MigrationList,
  SchemaContainer,
  SchemaEngine as SchemaEngineType,
} from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'

/**
 * Migrations through Prisma's schema engine compiled to WebAssembly: the native engine is a download
 * that an air-gapped machine cannot make. Keeps the ordinary `_prisma_migrations` table.
 */
const ROOT = path.resolve(import.meta.dirname, '../..')
const MIGRATIONS = path.join(ROOT, 'prisma/migrations')
const SCHEMA = path.join(ROOT, 'prisma/schema')

/** Applies every migration that the database has not seen; returns their names. Throws on a failed migration. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async engine => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await listMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  })
}

/** Names of migrations that are in the folder but not in the database. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const all = (await listMigrations()).migrationDirectories.map(directory => directory.path)
  const { Client } = await import('pg').then(module => module.default)
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const table = await client.query("select to_regclass('_prisma_migrations') as found")
    if (!table.rows[0]?.found) return all
    const done = await client.query('select migration_name from _prisma_migrations where finished_at is not null')
    const names = new Set(done.rows.map(row => row.migration_name as string))
    return all.filter(name => !names.has(name))
  } finally {
    await client.end()
  }
}

/** The SQL that leads from one state to another, e.g. from nothing to the schema files. Empty when nothing differs. */
export async function diffSchema(databaseUrl: string, from: 'empty' | 'database'): Promise<string> {
  return withEngine(databaseUrl, async engine => {
    const schema: DiffTarget = { tag: 'schemaDatamodel', files: await readSchema() }
    const origin: DiffTarget =
      from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatasource', files: await readSchema(), configDir: ROOT }
    const result = await engine.diff({
      from: origin,
      to: schema,
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return withoutHandmade(result.stdout ?? '')
  })
}

/** Leaves out the removal of indexes that migrations made in a form which the schema files cannot express. */
async function withoutHandmade(script: string): Promise<string> {
  const { migrationDirectories } = await listMigrations()
  const scripts = migrationDirectories.map(({ migrationFile: { content } }) =>
    content.tag === 'ok' ? content.value : '',
  )
  const statements = scripts.join('\n').split(';')
  const kept = statements.filter(text => /NULLS NOT DISTINCT|\bWHERE\b|\bUSING gin\b/i.test(text))
  const names = kept.flatMap(text => /CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?"?(\w+)"?/i.exec(text)?.[1] ?? [])
  return names.reduce((rest, name) => rest.replace(`-- DropIndex\nDROP INDEX "${name}";\n\n`, ''), `${script}\n`).trim()
}

async function withEngine<T>(databaseUrl: string, run: (engine: SchemaEngineType) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPg({ connectionString: databaseUrl }))
  const datamodels = (await readSchema()).map(file => [file.path, file.content] as [string, string])
  const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter)
  try {
    return await run(engine)
  } finally {
    engine.free()
  }
}

/**
 * Prisma's adapter with scripts handed to Postgres whole: the original cuts them at every semicolon, also
 * inside function bodies. And with the catalog's type "char", which the original does not know.
 */
class WholeScriptPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    const pool = adapter.underlyingDriver()
    adapter.executeScript = async script => {
      await pool.query(script)
    }
    const characters = knowCharacters(pool)
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async query => {
      const result = await queryRaw(query)
      const columnTypes = result.columnTypes.map((type, index) =>
        characters.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    }
    return adapter
  }
}

const CHAR = 18
const TEXT = 25

/** Gives columns of type "char" as text; returns their names, which grow as queries are made. */
function knowCharacters(pool: pg.Pool): Set<string> {
  const names = new Set<string>()
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>
  const withCharacters = async (...args: unknown[]) => {
    const result = await query(...args)
    result.fields?.forEach((field, column) => {
      if (field.dataTypeID !== CHAR) return
      field.dataTypeID = TEXT
      names.add(field.name)
      // The byte zero, which Postgres writes as an empty text.
      for (const row of result.rows) if (row[column] === '') row[column] = '\0'
    })
    return result
  }
  pool.query = withCharacters as typeof pool.query
  return names
}

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')
let engineModule: Promise<EngineModule> | undefined

function loadEngine(): Promise<EngineModule> {
  engineModule ??= (async () => {
    const require = createRequire(import.meta.url)
    const file = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const glue: EngineModule & Record<string, unknown> = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = await WebAssembly.compile(await readFile(file.replace(/\.js$/, '.wasm')))
    const instance = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue } as WebAssembly.Imports)
    const bind = glue.__wbg_set_wasm as (exports: WebAssembly.Exports) => void
    bind(instance.exports)
    const start = instance.exports.__wbindgen_start as (() => void) | undefined
    start?.()
    return glue
  })()
  return engineModule
}

async function listMigrations(): Promise<MigrationList> {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(MIGRATIONS, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async name => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}

async function readSchema(): Promise<SchemaContainer[]> {
  const names = (await readdir(SCHEMA)).filter(name => name.endsWith('.prisma')).sort()
  return Promise.all(
    names.map(async name => ({
      path: path.join(SCHEMA, name),
      content: await readFile(path.join(SCHEMA, name), 'utf8'),
    })),
  )
}
