// The contract of a step of a test. A new one is one entry of steps.ts.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { type Expectation, expectationSchema } from './expectation.ts';
import type { Stage } from './stage.ts';

/** Throws TestFault when the house of the test has nothing to do it with. */
export type Act = (stage: Stage) => void | Promise<void>;

export interface Step {
  /** In the document: `tests[0].steps[2]`. */
  readonly path: string;
  /** As the author wrote it. */
  readonly document: object;
  readonly act: Act;
  /** What came of it, and of those before it since the last look. */
  readonly expect: Expectation | undefined;
}

export interface StepKind {
  readonly verb: string;
  /** Its verb and its options. */
  readonly keys: readonly string[];
  compile(entry: object, path: string, context: CompileContext): Step | undefined;
}

export interface StepPlace {
  readonly path: string;
  readonly context: CompileContext;
}

interface Definition<Shape extends z.ZodRawShape> {
  readonly verb: string;
  readonly shape: Shape;
  /** Undefined with a finding. */
  prepare(document: z.output<z.ZodObject<Shape, z.core.$strict>>, place: StepPlace): Act | undefined;
}

const withExpect = z.strictObject({ expect: expectationSchema.exactOptional() });

export function expectationAt(
  value: unknown,
  path: string,
  context: CompileContext,
): Expectation | undefined {
  return context.read(expectationSchema, value, { path, keys: expectationSchema.keyof().options });
}

/** Splits off what stands beside the step itself. */
export function stepKind<Shape extends z.ZodRawShape>(definition: Definition<Shape>): StepKind {
  const { verb, shape } = definition;
  const schema = z.strictObject(shape);
  const keys = [...new Set([verb, ...Object.keys(shape), ...Object.keys(withExpect.shape)])];
  return {
    verb,
    keys,
    compile: (entry, path, context) => {
      const { expect: written, ...rest } = { expect: undefined, ...entry };
      const expect = written === undefined ? undefined : expectationAt(written, `${path}.expect`, context);
      const document = context.read(schema, rest, { path, keys });
      const act = document && definition.prepare(document, { path, context });
      return act && { path, document: entry, act, expect };
    },
  };
}
