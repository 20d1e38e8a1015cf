// Where `$secret` may stand, and what is shown instead of it.
import type { BinaryNode, CallNode, Node } from './ast.ts';
import type { CompileOptions, ExpressionError } from './contract.ts';
import { ExpressionError as Shown } from './contract.ts';

export const secretFunction = 'secret';

/** What traces and explanations show. */
export const secretMark = '(secret)';

export function isSecretCall(node: Node): node is CallNode {
  return node.type === 'call' && node.procedure.type === 'variable' && node.procedure.name === secretFunction;
}

/** The words and numbers in an error may come from the secret: its code and its place do not. */
export function withoutValues({ code, position, token }: ExpressionError): ExpressionError {
  return new Shown(code, 'it failed; as it holds a secret, no more is said', { position, token });
}

/** Follows the calls of one expression while it is compiled. */
export class Secrets {
  readonly #mode: NonNullable<CompileOptions['secrets']>;
  readonly #compared = new Set<Node>();
  #isUsed = false;

  constructor(mode: CompileOptions['secrets'] = 'compared') {
    this.#mode = mode;
  }

  /** Whether the value of the whole may be made of one. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Before its sides are compiled: what stands directly there is compared and goes nowhere else. */
  compare({ operator, left, right }: BinaryNode): void {
    if (operator !== '=' && operator !== '!=' && operator !== 'in') return;
    for (const side of [left, right]) if (isSecretCall(side)) this.#compared.add(side);
  }

  /** Why a call may not stand where it does, or undefined. */
  callFault(node: CallNode): string | undefined {
    if (this.#mode === 'refused') return 'secrets cannot be read here';
    if (this.#compared.has(node)) return undefined;
    this.#isUsed = true;
    return this.#mode === 'used'
      ? undefined
      : 'a secret may only be compared here: it stands alone on one side of =, != or in';
  }
}
