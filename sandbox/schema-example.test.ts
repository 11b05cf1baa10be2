import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { digestOf } from './digest.ts'
import { exampleFor } from './schema-example.ts'

const Order = z.strictObject({
  customerId: z.string().min(3).max(12),
  placedOn: z.iso.date(),
  contact: z.email(),
  state: z.enum(['open', 'paid']),
  kind: z.literal('order'),
  urgent: z.boolean(),
  note: z.string().nullable(),
  lines: z.array(z.strictObject({ quantity: z.int().min(1).max(9), price: z.number().min(0).max(100) })).min(2),
  payment: z.union([z.strictObject({ card: z.string() }), z.strictObject({ iban: z.string() })]),
})

describe('exampleFor', () => {
  it('satisfies the schema it is made from, whatever the digest', () => {
    const schema = z.toJSONSchema(Order)
    fc.assert(
      fc.property(fc.string(), text => {
        expect(Order.safeParse(exampleFor(schema, digestOf(text))).error?.issues ?? []).toEqual([])
      }),
    )
  })

  it('is the same for the same digest and differs between digests', () => {
    const schema = z.toJSONSchema(Order)
    const examples = ['a', 'b', 'c', 'd'].map(text => JSON.stringify(exampleFor(schema, digestOf(text))))
    expect(JSON.stringify(exampleFor(schema, digestOf('a')))).toBe(examples[0])
    expect(new Set(examples).size).toBeGreaterThan(1)
  })

  it('follows references, ends recursive schemas, and survives schemas that are none', () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { child: { $ref: '#/$defs/node' } }, required: ['child'] } },
    }
    expect(exampleFor(tree, digestOf('x'))).toHaveProperty('child.child')
    expect(exampleFor({ $ref: '#' }, digestOf('x'))).toBeTypeOf('string')
    expect(exampleFor(undefined, digestOf('x'))).toBeTypeOf('string')
  })
})
