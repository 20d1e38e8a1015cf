// What a template of Jinja is made of, as far as it is translated.

export type JinjaExpression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: JinjaExpression; readonly name: string }
  | { readonly kind: 'index'; readonly of: JinjaExpression; readonly index: JinjaExpression }
  | {
      readonly kind: 'slice';
      readonly of: JinjaExpression;
      readonly from?: JinjaExpression;
      readonly to?: JinjaExpression;
    }
  | { readonly kind: 'call'; readonly of: JinjaExpression; readonly given: Given }
  | { readonly kind: 'filter'; readonly of: JinjaExpression; readonly name: string; readonly given: Given }
  | {
      readonly kind: 'test';
      readonly of: JinjaExpression;
      readonly name: string;
      readonly given: Given;
      readonly isNot: boolean;
    }
  | { readonly kind: 'not' | 'minus'; readonly of: JinjaExpression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: JinjaExpression;
      readonly right: JinjaExpression;
    }
  | {
      readonly kind: 'choice';
      readonly condition: JinjaExpression;
      readonly yes: JinjaExpression;
      readonly no?: JinjaExpression;
    }
  | { readonly kind: 'list'; readonly items: readonly JinjaExpression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [JinjaExpression, JinjaExpression])[] };

/** Arguments by place and by name. */
export interface Given {
  readonly values: readonly JinjaExpression[];
  readonly named: ReadonlyMap<string, JinjaExpression>;
}

export type JinjaNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly value: JinjaExpression }
  | { readonly kind: 'set'; readonly name: string; readonly value: JinjaExpression }
  | {
      readonly kind: 'if';
      readonly condition: JinjaExpression;
      readonly yes: readonly JinjaNode[];
      readonly no: readonly JinjaNode[];
    };

/** Something of Jinja that has no counterpart here. */
export class Untranslatable extends Error {}
