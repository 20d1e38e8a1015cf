// The text of a shadow rule without its `shadow: true`: everything else stays as the author wrote it.
import { isMap, isScalar, parseDocument } from 'yaml';

/** Undefined when the text does not say that it is a shadow. */
export function promotedText(text: string): string | undefined {
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'error' });
  const map = document.contents;
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === 'shadow');
  const [key, value] = [pair?.key, pair?.value];
  if (!isScalar(key) || !isScalar(value) || value.value !== true) return undefined;
  if (map.flow === true) {
    document.delete('shadow');
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  }
  const start = text.lastIndexOf('\n', key.range?.[0] ?? 0) + 1;
  const end = text.indexOf('\n', value.range?.[1] ?? 0);
  return text.slice(0, start) + (end < 0 ? '' : text.slice(end + 1));
}
