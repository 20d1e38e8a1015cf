export {
  type Budget,
  type Compiled,
  type CompileOptions,
  type Explanation,
  type Expression,
  ExpressionError,
  type ExpressionProblem,
  type HomeView,
  type Scope,
  type SubValue,
  unread,
} from './contract.ts';
