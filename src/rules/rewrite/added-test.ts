// The text of a rule with one more test: everything else stays as the author wrote it.
import { isMap, isScalar, isSeq, parse, parseDocument } from 'yaml';

const options = { version: '1.2', schema: 'core', logLevel: 'error' } as const;

function indented(yaml: string, indent: string): string {
  return yaml.trimEnd().replace(/^(?=.)/gm, indent);
}

/** Behind the line on which it ends: a comment may stand there. */
function lineEnd(text: string, end: number): number {
  if (text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

/** `yaml`: a list with the test. Undefined when the text is no rule. */
export function textWithTest(text: string, yaml: string): string | undefined {
  const document = parseDocument(text, options);
  const map = document.contents;
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === 'tests');
  if (pair === undefined && map.flow !== true) return `${text.trimEnd()}\ntests:\n${indented(yaml, '  ')}\n`;
  const tests = pair?.value;
  const [first] = isSeq(tests) ? tests.items : [];
  const start = isSeq(tests) && tests.flow !== true && tests.range ? tests.range[0] : undefined;
  if (first === undefined || start === undefined || !isSeq(tests) || !tests.range) {
    const written: unknown = document.toJS();
    const known: unknown =
      typeof written === 'object' && written !== null ? Reflect.get(written, 'tests') : [];
    document.set('tests', [...(Array.isArray(known) ? known : []), ...parse(yaml, options)]);
    return document.toString({ lineWidth: 0, flowCollectionPadding: true });
  }
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start) + 1));
  const end = lineEnd(text, tests.range[1]);
  const head = text.slice(0, end).trimEnd();
  return `${head}\n${indented(yaml, indent)}\n${text.slice(end)}`;
}
