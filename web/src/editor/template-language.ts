// Colours for text with `{{ expressions }}` in it, and what of a text in front of the cursor is expression.
import { StreamLanguage } from '@codemirror/language';
import { type JsonataState, jsonataTokens } from './jsonata-language.ts';

interface State {
  isInside: boolean;
  inner: JsonataState;
}

export const templateLanguage = StreamLanguage.define<State>({
  name: 'template',
  startState: () => ({ isInside: false, inner: jsonataTokens.startState() }),
  copyState: ({ isInside, inner }) => ({ isInside, inner: { ...inner } }),
  token(stream, state) {
    if (!state.isInside) {
      if (stream.match('{{')) {
        state.isInside = true;
        state.inner = jsonataTokens.startState();
        return 'brace';
      }
      if (!stream.skipTo('{{')) stream.skipToEnd();
      return null;
    }
    if (!stream.match('}}')) return jsonataTokens.token(stream, state.inner);
    state.isInside = false;
    return 'brace';
  },
});

/** Undefined: the cursor is in plain text. */
export function expressionBefore(before: string): string | undefined {
  const start = before.lastIndexOf('{{');
  if (start < 0 || before.indexOf('}}', start) >= 0) return undefined;
  return before.slice(start + 2);
}
