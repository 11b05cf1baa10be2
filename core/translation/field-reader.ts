import { UntranslatableError } from './untranslatable.ts'

/** Reads an object field by field and remembers which were read: the rest is dropped by name, never silently. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #path: string
  readonly #dropped: Set<string>
  readonly #read = new Set<string>()

  /** Throws UntranslatableError when the value is no object. */
  constructor(value: unknown, path: string, dropped: Set<string>) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path || 'body', 'an object')
    this.#fields = value as Record<string, unknown>
    this.#path = path
    this.#dropped = dropped
  }

  /** The field's path from the root. */
  at(name: string): string {
    return this.#path ? `${this.#path}.${name}` : name
  }

  /** The value as it is; null for absent. */
  value(name: string): unknown {
    this.#read.add(name)
    return this.#fields[name] ?? null
  }

  text(name: string): string | null {
    const value = this.value(name)
    if (value !== null && typeof value !== 'string') throw wrong(this.at(name), 'a text')
    return value
  }

  requiredText(name: string): string {
    const value = this.text(name)
    if (value === null) throw wrong(this.at(name), 'a text')
    return value
  }

  number(name: string): number | null {
    const value = this.value(name)
    if (value !== null && typeof value !== 'number') throw wrong(this.at(name), 'a number')
    return value
  }

  flag(name: string): boolean | null {
    const value = this.value(name)
    if (value !== null && typeof value !== 'boolean') throw wrong(this.at(name), 'true or false')
    return value
  }

  /** The items of a list; none when it is absent. */
  list(name: string): unknown[] {
    const value = this.value(name)
    if (value !== null && !Array.isArray(value)) throw wrong(this.at(name), 'a list')
    return value ?? []
  }

  /** The texts of a list, or the one text in its place; none when it is absent. */
  texts(name: string): string[] {
    const value = this.value(name)
    if (typeof value === 'string') return [value]
    return this.list(name).map((item, index) => {
      if (typeof item !== 'string') throw wrong(`${this.at(name)}[${index}]`, 'a text')
      return item
    })
  }

  /** A reader for the items of a list of objects. */
  objects(name: string): FieldReader[] {
    return this.list(name).map((item, index) => new FieldReader(item, `${this.at(name)}[${index}]`, this.#dropped))
  }

  /** A reader for an object; null when it is absent. */
  object(name: string): FieldReader | null {
    const value = this.value(name)
    return value === null ? null : new FieldReader(value, this.at(name), this.#dropped)
  }

  /** Refuses the field unless it is absent or has a value that asks for nothing. */
  refuse(name: string, why: string, harmless: readonly unknown[] = []): void {
    const value = this.value(name)
    if (value === null || harmless.includes(value)) return
    if (typeof value === 'object' && Object.keys(value).length === 0) return
    throw this.cannot(name, why)
  }

  /** The error for a field that cannot be carried. */
  cannot(name: string, why: string): UntranslatableError {
    const param = name === '' ? this.#path : this.at(name)
    return new UntranslatableError(param, `"${param}" cannot be carried to this model: ${why}`)
  }

  /** Marks a field as dropped. */
  drop(name: string): void {
    if (this.value(name) !== null) this.#dropped.add(this.at(name).replace(/\[\d+\]/g, ''))
  }

  /** Marks as dropped what was not read. */
  dropRest(): void {
    for (const name of Object.keys(this.#fields)) if (!this.#read.has(name)) this.drop(name)
  }
}

function wrong(param: string, rule: string): UntranslatableError {
  return new UntranslatableError(param, `"${param}" must be ${rule}.`)
}
