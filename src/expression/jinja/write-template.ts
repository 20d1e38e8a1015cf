// A whole template as one expression: pieces of text are joined, an `if` is a choice, and what `set` sets is a variable
// of its own at each place, so that a choice can yield the old one. What yields nothing is missing.
import type { JinjaExpression, JinjaNode } from './ast.ts';
import { type Code, conditionOf, rank, value, within, written } from './code.ts';
import type { JinjaNames } from './names.ts';
import { preludeOf } from './prelude.ts';
import { ExpressionWriter } from './write-expression.ts';

/** White space at the ends of a template is none of its value. */
interface Edges {
  readonly start: boolean;
  readonly end: boolean;
}

class TemplateWriter {
  readonly writer: ExpressionWriter;
  readonly bindings: string[] = [];
  readonly #versions = new Map<string, number>();
  #conditions = 0;

  constructor(names: JinjaNames) {
    this.writer = new ExpressionWriter(names);
  }

  whole(nodes: readonly JinjaNode[]): Code {
    return this.#branch(() => this.block(nodes, { start: true, end: true })) ?? written('');
  }

  /** Undefined: it yields nothing. `guard` is when it is reached at all, as far as its variables are concerned. */
  block(given: readonly JinjaNode[], edges: Edges, guard?: string): Code | undefined {
    const nodes = trimmed(given, edges);
    const outputs = nodes.filter(({ kind }) => kind !== 'set').length;
    const isAlone = outputs === 1 && edges.start && edges.end;
    const pieces: Code[] = [];
    let seen = 0;
    for (const node of nodes) {
      if (node.kind === 'set') {
        this.#set(node, guard);
        continue;
      }
      seen++;
      const inner = { start: edges.start && seen === 1, end: edges.end && seen === outputs };
      const piece = this.#piece(node, inner, guard);
      if (piece !== undefined) pieces.push(piece);
    }
    return isAlone ? pieces[0] : this.#concatenated(pieces);
  }

  #piece(
    node: Exclude<JinjaNode, { kind: 'set' }>,
    edges: Edges,
    guard: string | undefined,
  ): Code | undefined {
    if (node.kind === 'text') return written(node.text);
    if (node.kind === 'output') return this.writer.write(node.value);
    return this.#if(node, edges, guard);
  }

  #concatenated(pieces: readonly Code[]): Code | undefined {
    const [only] = pieces;
    if (only === undefined) return undefined;
    if (pieces.length === 1) return this.writer.isPlain ? only : this.writer.asText(only);
    const text = pieces.map((piece) => within(this.#shown(piece), rank.add)).join(' & ');
    return { text, rank: rank.add, type: 'text' };
  }

  #shown(piece: Code): Code {
    return piece.type === 'number' ? piece : this.writer.asText(piece);
  }

  #if(
    { condition, yes, no }: Extract<JinjaNode, { kind: 'if' }>,
    edges: Edges,
    guard: string | undefined,
  ): Code | undefined {
    const code = this.writer.write(condition);
    const sets = hasSet(yes) || hasSet(no);
    const holds = sets ? this.#condition(code, guard) : conditionOf(code);
    const otherwise = sets ? this.#otherwise(holds, guard) : undefined;
    const a = this.#branch(() => this.block(yes, edges, sets ? holds : guard), code.implies);
    const b = this.#branch(() => this.block(no, edges, otherwise ?? guard));
    if (a === undefined && b === undefined) return undefined;
    const type = a !== undefined && a.type === b?.type ? a.type : edgesOpen(a, b);
    const first = a === undefined ? '""' : within(a, rank.or);
    const second = b === undefined ? '' : ` : ${within(b, rank.choice)}`;
    if (a === undefined && b !== undefined)
      return { text: `(${holds} ? false : true) ? ${within(b, rank.or)}`, rank: rank.choice, type };
    return { text: `${holds} ? ${first}${second}`, rank: rank.choice, type };
  }

  #branch(write: () => Code | undefined, implied: readonly string[] = []): Code | undefined {
    let isEmpty = false;
    const code = this.writer.branch(() => {
      const made = write();
      isEmpty = made === undefined;
      return made ?? { ...written(''), spreads: true };
    }, implied);
    return isEmpty ? undefined : code;
  }

  #condition(code: Code, guard: string | undefined): string {
    const name = `$if_${++this.#conditions}`;
    const held = `${conditionOf(code)} ? true : false`;
    this.bindings.push(`${name} := ${guard === undefined ? held : `${guard} ? (${held}) : false`}`);
    return name;
  }

  #otherwise(holds: string, guard: string | undefined): string {
    const name = `$else_${this.#conditions}`;
    this.bindings.push(
      `${name} := ${guard === undefined ? `$not(${holds})` : `${guard} and $not(${holds})`}`,
    );
    return name;
  }

  #set({ name, value: given }: { name: string; value: JinjaExpression }, guard: string | undefined): void {
    const code = this.writer.write(given);
    const version = (this.#versions.get(name) ?? 0) + 1;
    this.#versions.set(name, version);
    const before = this.writer.variables.get(name);
    const own = `$${name}_${version}`;
    const old = before === undefined ? '' : ` : ${before.text}`;
    this.bindings.push(
      `${own} := ${guard === undefined ? code.text : `${guard} ? ${within(code, rank.or)}${old}`}`,
    );
    const isSure = guard === undefined || before?.type === code.type;
    this.writer.variables.set(name, value(own, isSure ? code.type : 'any'));
  }
}

/** Of two branches of which one yields something else, or nothing. */
function edgesOpen(a: Code | undefined, b: Code | undefined): Code['type'] {
  return a?.type === 'text' && b === undefined ? 'text' : 'any';
}

function hasSet(nodes: readonly JinjaNode[]): boolean {
  return nodes.some(
    (node) => node.kind === 'set' || (node.kind === 'if' && (hasSet(node.yes) || hasSet(node.no))),
  );
}

function isBlank(node: JinjaNode): boolean {
  return node.kind === 'text' && node.text.trim() === '';
}

/** White space beside statements at the ends goes with that of the ends. */
function trimmed(nodes: readonly JinjaNode[], { start, end }: Edges): readonly JinjaNode[] {
  const isShown = (node: JinjaNode): boolean => node.kind !== 'set' && !isBlank(node);
  const first = nodes.findIndex(isShown);
  const last = nodes.findLastIndex(isShown);
  return nodes.flatMap((node, index): JinjaNode[] => {
    if (node.kind !== 'text') return [node];
    if ((start && (first < 0 || index < first)) || (end && index > last)) return [];
    let { text } = node;
    if (start && index === first) text = text.trimStart();
    if (end && index === last) text = text.trimEnd();
    return text === '' ? [] : [{ kind: 'text', text }];
  });
}

/** Throws `Untranslatable`. */
export function writeTemplate(nodes: readonly JinjaNode[], names: JinjaNames): Code {
  const template = new TemplateWriter(names);
  const code = template.whole(nodes);
  const statements = [...preludeOf(template.writer.used), ...template.bindings];
  if (statements.length === 0) return code;
  return { ...code, text: `(${[...statements, code.text].join('; ')})`, rank: rank.value };
}
