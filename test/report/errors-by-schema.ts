import { Ajv } from 'ajv'
import schema from '../../src/report/schema.json' with { type: 'json' }

// Code for each use of a definition, and to make it small, takes longer than all the reports that are looked at.
const validate = new Ajv({ inlineRefs: false, code: { optimize: false } }).compile(schema)

/** What schema.json has against a report; null for nothing. */
export const errorsBySchema = (report: unknown): unknown => (validate(report) ? null : validate.errors)
