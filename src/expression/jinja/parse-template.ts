// A template as a tree: text, outputs, `set` and `if`. Loops, macros and blocks are beyond what is translated.
import { type JinjaNode, Untranslatable } from './ast.ts';
import { ExpressionParser } from './parse-expression.ts';
import { type Chunk, chunksOf, type Token } from './tokens.ts';

const closers: ReadonlySet<string> = new Set(['elif', 'else', 'endif']);

class TemplateParser {
  readonly #chunks: readonly Chunk[];
  #at = 0;

  constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
  }

  whole(): JinjaNode[] {
    const nodes = this.#block();
    if (this.#at < this.#chunks.length) throw new Untranslatable(`"${this.#verb()}" has no "if"`);
    return nodes;
  }

  #verb(): string | undefined {
    const chunk = this.#chunks[this.#at];
    return chunk?.kind === 'statement' ? (chunk.tokens[0]?.text ?? '') : undefined;
  }

  /** The tokens behind the verb. */
  #rest(): readonly Token[] {
    const chunk = this.#chunks[this.#at++];
    return chunk?.kind === 'statement' ? chunk.tokens.slice(1) : [];
  }

  #block(): JinjaNode[] {
    const nodes: JinjaNode[] = [];
    for (;;) {
      const chunk = this.#chunks[this.#at];
      const verb = this.#verb();
      if (chunk === undefined || (verb !== undefined && closers.has(verb))) return nodes;
      nodes.push(this.#node(chunk, verb));
    }
  }

  #node(chunk: Chunk, verb: string | undefined): JinjaNode {
    if (chunk.kind === 'text') {
      this.#at++;
      return chunk;
    }
    if (chunk.kind === 'output') {
      this.#at++;
      return { kind: 'output', value: new ExpressionParser(chunk.tokens).whole() };
    }
    if (verb === 'if') return this.#if();
    if (verb === 'set') return this.#set();
    throw new Untranslatable(`{% ${verb ?? ''} %} has no counterpart`);
  }

  #if(): JinjaNode {
    const condition = new ExpressionParser(this.#rest()).whole();
    const yes = this.#block();
    const verb = this.#verb();
    let no: readonly JinjaNode[] = [];
    if (verb === 'elif') no = [this.#if()];
    else {
      if (verb === 'else') {
        this.#at++;
        no = this.#block();
      }
      if (this.#verb() !== 'endif') throw new Untranslatable('{% if %} without {% endif %}');
      this.#at++;
    }
    return { kind: 'if', condition, yes, no };
  }

  #set(): JinjaNode {
    const [name, sign, ...value] = this.#rest();
    if (name?.kind !== 'name' || sign?.kind !== 'sign' || sign.text !== '=')
      throw new Untranslatable('{% set %} takes one name and one value here');
    return { kind: 'set', name: name.text, value: new ExpressionParser(value).whole() };
  }
}

/** Throws `Untranslatable`. */
export function parseTemplate(source: string): readonly JinjaNode[] {
  return new TemplateParser(chunksOf(source)).whole();
}
