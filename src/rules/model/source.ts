// The text of a rule: YAML 1.2 core or JSON in, a plain value and the place of every part out.
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
} from 'yaml';
import { messageOf } from '../../base/index.ts';
import { nestsDeeperThan } from '../../devices/index.ts';
import type { Finding, Problem } from './problem.ts';

const maxSourceCharacters = 256 * 1024;
const maxAliases = 100;
/** Lists and maps inside each other; an alias inside its own anchor nests without end. */
const maxNesting = 64;

/** A text that was read, good or bad. */
export interface Source {
  readonly text: string;
  /** The plain value, undefined when the text could not be read. */
  readonly value: unknown;
  /** What the reader itself found wrong. */
  readonly problems: readonly Problem[];
  /** Gives a finding its place in the text. */
  locate(finding: Finding): Problem;
}

const yamlOptions = {
  version: '1.2',
  schema: 'core',
  prettyErrors: false,
  uniqueKeys: true,
  logLevel: 'error',
} as const;

/** `actions[0].publish` → ['actions', 0, 'publish'] */
function partsOf(path: string): (string | number)[] {
  const parts: (string | number)[] = [];
  for (const match of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    parts.push(match[2] === undefined ? (match[1] ?? '') : Number(match[2]));
  }
  return parts;
}

/** The node at the path, or the nearest one above it that exists. */
function nodeAt(document: Document, path: string): Node | undefined {
  const parts = partsOf(path);
  for (let length = parts.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(parts.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return undefined;
}

/** The key at the path, as a node. */
function keyAt(document: Document, path: string): Node | undefined {
  const parts = partsOf(path);
  const name = parts.pop();
  const map: unknown = parts.length === 0 ? document.contents : document.getIn(parts, true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === name);
  return isNode(pair?.key) ? pair.key : undefined;
}

/** Where the text of a plain or quoted scalar begins: past its quote. */
function textStart(node: Node, start: number): number {
  if (!isScalar(node)) return start;
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? start + 1 : start;
}

/** What people forget to quote, said in words. */
function adviceFor(code: string, message: string): string | undefined {
  if (
    code === 'BLOCK_AS_IMPLICIT_KEY' ||
    code === 'MULTILINE_IMPLICIT_KEY' ||
    /nested mapping|implicit map/i.test(message)
  ) {
    return 'an expression that holds ": " or " #" must be quoted';
  }
  return code === 'TAB_AS_INDENT' ? 'indent with spaces, not tabs' : undefined;
}

function yamlProblem(
  text: string,
  lines: LineCounter,
  error: { code: string; message: string; pos: [number, number] },
): Problem {
  const [start, end] = error.pos;
  const { line, col } = lines.linePos(Math.min(start, text.length));
  const suggestion = adviceFor(error.code, error.message);
  return {
    path: '',
    code: 'bad-yaml',
    message: `the text is not YAML: ${error.message}`,
    params: { why: error.code, detail: error.message },
    severity: 'error',
    line,
    column: col,
    start,
    end,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function unreadable(text: string, wrong: Pick<Problem, 'code' | 'message' | 'params'>): Source {
  const problem: Problem = {
    ...wrong,
    path: '',
    severity: 'error',
    line: 1,
    column: 1,
    start: 0,
    end: 0,
  };
  return {
    text,
    value: undefined,
    problems: [problem],
    locate: (finding) => ({ severity: 'error', ...finding }),
  };
}

/** Reads one document; a text with several is the problem `several-documents`. */
export function readSource(text: string): Source {
  if (text.length > maxSourceCharacters) {
    return unreadable(text, {
      code: 'too-long',
      message: `the text has ${text.length} characters, the most is ${maxSourceCharacters}`,
      params: { why: 'text', count: String(text.length), limit: String(maxSourceCharacters) },
    });
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...yamlOptions, lineCounter });
  const problems = document.errors.map((error) =>
    error.code === 'MULTIPLE_DOCS'
      ? {
          ...yamlProblem(text, lineCounter, error),
          code: 'several-documents',
          message: 'the text holds several rules; save them one by one',
          params: {},
        }
      : yamlProblem(text, lineCounter, error),
  );
  const locate = (finding: Finding): Problem => place(finding, document, lineCounter);
  if (problems.length > 0) return { text, value: undefined, problems, locate };
  try {
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    if (nestsDeeperThan(value, maxNesting))
      return unreadable(text, {
        code: 'too-deep',
        message: `the text nests deeper than ${maxNesting} levels`,
        params: { why: 'text', limit: String(maxNesting) },
      });
    return { text, value, problems, locate };
  } catch (error) {
    const detail = messageOf(error);
    return unreadable(text, {
      code: 'bad-yaml',
      message: `the text is not YAML: ${detail}`,
      params: { detail },
    });
  }
}

function place(finding: Finding, document: Document, lines: LineCounter): Problem {
  const { offset, isKey, ...rest } = finding;
  const node = (isKey === true ? keyAt(document, finding.path) : undefined) ?? nodeAt(document, finding.path);
  const range = node?.range;
  if (!node || !range) return { severity: 'error', ...rest, line: 1, column: 1, start: 0, end: 0 };
  const start = offset === undefined ? range[0] : Math.min(textStart(node, range[0]) + offset, range[1]);
  const { line, col } = lines.linePos(start);
  return { severity: 'error', ...rest, line, column: col, start, end: Math.max(range[1], start) };
}

/** The texts of the rules in one file, `---` between them; comments stay with their rule. */
export function splitSource(text: string): string[] {
  const documents = parseAllDocuments(text, yamlOptions);
  if (!Array.isArray(documents) || documents.length < 2) return [text];
  let from = 0;
  return documents.map((document) => {
    const [, , end] = document.range;
    const part = text.slice(from, end).replace(/^\s*---[ \t]*\n/, '');
    from = end;
    return part;
  });
}
