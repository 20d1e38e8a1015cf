export { mergedDependencies } from './analysis/dependency-set.ts';
export { compileExpression } from './compile.ts';
export {
  type Budget,
  type ClockComparison,
  type Compiled,
  type CompileOptions,
  type Constant,
  type Dependencies,
  type Explanation,
  type Expression,
  ExpressionError,
  type ExpressionProblem,
  type HomeView,
  type Scope,
  type SubValue,
  unread,
} from './contract.ts';
export { failureCodes } from './errors.ts';
export type { FunctionDefinition, FunctionExample } from './functions/definition.ts';
export { functionTable } from './functions/table.ts';
export { defaultBudget } from './run.ts';
