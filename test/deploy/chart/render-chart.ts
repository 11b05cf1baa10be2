import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAllDocuments, parse as parseYaml, stringify } from 'yaml'
import { type Expression, type Node, parseTemplate } from './template-tree.ts'

type Values = Record<string, unknown>
type Variables = ReadonlyMap<string, unknown>

/** A Kubernetes object as a template writes it. */
export interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> }
  [field: string]: unknown
}

/**
 * Renders a chart as `helm template` does, with these values over those of the chart. It knows the part of the
 * template language that the chart uses and throws on any other, so that nothing is rendered wrongly in silence.
 */
export function renderChart(chart: string, values: Values = {}, release = 'gatehouse'): Map<string, string> {
  const folder = path.join(chart, 'templates')
  const files = readdirSync(folder).sort()
  const parsed = new Map(files.map(file => [file, parseTemplate(readFileSync(path.join(folder, file), 'utf8'))]))
  const { name, version, appVersion } = parseYaml(readFileSync(path.join(chart, 'Chart.yaml'), 'utf8')) as {
    [field: string]: string
  }
  const own = parseYaml(readFileSync(path.join(chart, 'values.yaml'), 'utf8')) as Values
  const base = `${name}/templates`
  const dot = {
    Values: merge(own, values),
    Release: { Name: release, Namespace: 'ai', Service: 'Helm' },
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Template: { BasePath: base },
    Files: Object.fromEntries([['Get', (file: string) => readFileSync(path.join(chart, file), 'utf8')]]),
  }
  const named = new Map<string, Node[]>()
  for (const [file, { body, defined }] of parsed) {
    named.set(`${base}/${file}`, body)
    for (const [template, nodes] of defined) named.set(template, nodes)
  }
  const renderer = new Renderer(named)
  const rendered = files.filter(file => !file.startsWith('_'))
  return new Map(rendered.map(file => [file, renderer.template(`${base}/${file}`, dot)]))
}

/** The objects in rendered templates. Throws on what is not YAML. */
export function manifestsOf(rendered: ReadonlyMap<string, string>): Manifest[] {
  return [...rendered].flatMap(([file, text]) => {
    if (!file.endsWith('.yaml')) return []
    return parseAllDocuments(text, { version: '1.1' }).flatMap(document => {
      const [error] = document.errors
      if (error) throw new Error(`${file}: ${error.message}`)
      const manifest = document.toJS() as Manifest | null
      return manifest ? [manifest] : []
    })
  })
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above === undefined ? below : above
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries([...keys].map(key => [key, merge(below[key], above[key])]))
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.keys(value).length === 0
}

class Renderer {
  readonly #named: ReadonlyMap<string, Node[]>

  constructor(named: ReadonlyMap<string, Node[]>) {
    this.#named = named
  }

  template(name: string, dot: unknown): string {
    const nodes = this.#named.get(name)
    if (!nodes) throw new Error(`no template ${name}`)
    return this.#nodes(nodes, dot, new Map([['', dot]]))
  }

  #nodes(nodes: readonly Node[], dot: unknown, variables: Variables): string {
    const seen = new Map(variables)
    return nodes.map(node => this.#node(node, dot, seen)).join('')
  }

  #node(node: Node, dot: unknown, variables: Map<string, unknown>): string {
    const value = (expression: Expression) => this.#value(expression, dot, variables)
    switch (node.kind) {
      case 'text':
        return node.text
      case 'output':
        return printed(value(node.pipeline))
      case 'set':
        variables.set(node.name, value(node.pipeline))
        return ''
      case 'if': {
        const branch = node.branches.find(({ condition }) => !isEmpty(value(condition)))
        return this.#nodes(branch?.body ?? node.otherwise, dot, variables)
      }
      case 'with': {
        const inner = value(node.pipeline)
        return isEmpty(inner) ? this.#nodes(node.otherwise, dot, variables) : this.#nodes(node.body, inner, variables)
      }
      case 'range':
        return this.#range(node, value(node.pipeline), variables)
    }
  }

  #range(node: Extract<Node, { kind: 'range' }>, over: unknown, variables: Variables): string {
    // Go ranges over a map in the order of its keys.
    const entries = isRecord(over)
      ? Object.entries(over).sort(([a], [b]) => (a < b ? -1 : 1))
      : Object.entries((over ?? []) as unknown[])
    const parts = entries.map(([key, item]) => {
      const inner = new Map(variables)
      const names = node.names.length === 1 ? [null, node.names[0]] : node.names
      if (names[0]) inner.set(names[0], isRecord(over) ? key : Number(key))
      if (names[1]) inner.set(names[1], item)
      return this.#nodes(node.body, item, inner)
    })
    return parts.join('')
  }

  #value(expression: Expression, dot: unknown, variables: Variables): unknown {
    switch (expression.kind) {
      case 'literal':
        return expression.value
      case 'field': {
        const { root } = expression
        if (root !== null && !variables.has(root)) throw new Error(`no variable $${root}`)
        return select(root === null ? dot : variables.get(root), expression.path)
      }
      case 'inner':
        return select(this.#value(expression.of, dot, variables), expression.path)
      case 'method': {
        const method = this.#value(expression.of, dot, variables)
        if (typeof method !== 'function') throw new Error('only a function takes arguments')
        return method(...expression.args.map(arg => this.#value(arg, dot, variables)))
      }
      case 'call':
        return this.#call(
          expression.name,
          expression.args.map(arg => this.#value(arg, dot, variables)),
        )
    }
  }

  #call(name: string, args: unknown[]): unknown {
    if (name === 'include') return this.template(String(args[0]), args[1])
    const known = FUNCTIONS[name]
    if (!known) throw new Error(`no function ${name}`)
    return known(...args)
  }
}

function select(from: unknown, fields: readonly string[]): unknown {
  return fields.reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), from)
}

function printed(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw new Error('a map or list cannot be printed as it is')
  return value === undefined || value === null ? '' : String(value)
}

function indented(spaces: unknown, text: unknown): string {
  return String(text)
    .split('\n')
    .map(line => `${' '.repeat(Number(spaces))}${line}`)
    .join('\n')
}

/** Go's and Sprig's functions (https://masterminds.github.io/sprig), with their order of arguments. */
const FUNCTIONS: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  add: (...numbers) => numbers.reduce<number>((sum, each) => sum + Number(each), 0),
  mul: (...numbers) => numbers.reduce<number>((product, each) => product * Number(each), 1),
  default: (otherwise, value) => (isEmpty(value) ? otherwise : value),
  dict: (...pairs) => Object.fromEntries(pairs.flatMap((key, at) => (at % 2 === 0 ? [[key, pairs[at + 1]]] : []))),
  index: (of, key) => (of as Values)[String(key)],
  list: (...items) => items,
  nindent: (spaces, text) => `\n${indented(spaces, text)}`,
  not: value => isEmpty(value),
  print: (...parts) => parts.join(''),
  printf: (form, ...parts) => String(form).replace(/%s/g, () => String(parts.shift())),
  quote: value => JSON.stringify(value === undefined || value === null ? '' : String(value)),
  required: (words, value) => {
    if (isEmpty(value)) throw new Error(String(words))
    return value
  },
  sha256sum: text => createHash('sha256').update(String(text)).digest('hex'),
  // Kubernetes reads YAML 1.1, where `off` without quotes is a boolean.
  toYaml: value => stringify(value, { version: '1.1' }).trimEnd(),
  trimSuffix: (suffix, text) =>
    String(text).endsWith(String(suffix)) ? String(text).slice(0, -String(suffix).length) : text,
  trunc: (length, text) => String(text).slice(0, Number(length)),
}
