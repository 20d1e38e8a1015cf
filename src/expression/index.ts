export { mergedDependencies } from './analysis/dependency-set.ts';
export { compileExpression } from './compile.ts';
export {
  type Budget,
  type ClockComparison,
  type CommandedWish,
  type ComparisonOperator,
  type Compiled,
  type CompileOptions,
  type Constant,
  type DecidingClause,
  type Dependencies,
  type DeviceCommand,
  type DevicePlan,
  type DeviceView,
  type DeviceWish,
  type Explanation,
  type Expression,
  ExpressionError,
  type ExpressionProblem,
  type FunctionLookup,
  type Guard,
  type GuardTest,
  type HomeCalendar,
  type HomeView,
  type LastMessage,
  type OrderComparison,
  type PastQuery,
  type Scope,
  type Stretch,
  type SubValue,
  type SunView,
  unread,
  type ValueType,
  type Watched,
  type WindowView,
} from './contract.ts';
export { emptyHome } from './empty-home.ts';
export { failureCodes } from './errors.ts';
export { typeOf } from './explain.ts';
export type { FunctionDefinition, FunctionExample } from './functions/definition.ts';
export { LocalTime } from './functions/local-time.ts';
export { functionTable, ownFunctions } from './functions/table.ts';
export { GuardIndex, type IndexedGuard, Positions } from './guard-index.ts';
export { Untranslatable } from './jinja/ast.ts';
export { type Code, rank, value as codeOf, written } from './jinja/code.ts';
export type { JinjaNames, Named } from './jinja/names.ts';
export { hasStatements, translateJinja, translateJinjaExpression } from './jinja/translate.ts';
export { syntaxCodes } from './limits.ts';
export { functionProblems, type OfferedFunction, OfferedFunctions } from './offered.ts';
export { defaultBudget } from './run.ts';
export { secretMark } from './secrets.ts';
