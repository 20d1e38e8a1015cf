// Colours for JSONata: names of any script, functions, strings, numbers, operators. It colours only; the server judges.
import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';

export interface JsonataState {
  comment: boolean;
}

const name = /^[\p{L}_][\p{L}\p{N}_]*/u;

function inComment(stream: StringStream, state: JsonataState): string {
  const isClosed = stream.match(/^[\s\S]*?\*\//) !== null;
  if (!isClosed) stream.skipToEnd();
  state.comment = !isClosed;
  return 'comment';
}

function quoted(stream: StringStream): string | undefined {
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
  return stream.match(/^`[^`]*`?/) ? 'propertyName' : undefined;
}

function worded(stream: StringStream): string | undefined {
  if (stream.match(/^\$\$?[\p{L}\p{N}_]*(?=\s*\()/u)) return 'variableName.function';
  if (stream.match(/^\$\$?[\p{L}\p{N}_]*/u)) return 'variableName';
  if (stream.match(/^(?:and|or|in|function|true|false|null)(?![\p{L}\p{N}_])/u)) return 'keyword';
  return stream.match(name) ? 'propertyName' : undefined;
}

export const jsonataTokens: StreamParser<JsonataState> & { startState: () => JsonataState } = {
  name: 'jsonata',
  startState: () => ({ comment: false }),
  token(stream, state) {
    if (state.comment) return inComment(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match('/*')) return inComment(stream, state);
    const said = quoted(stream) ?? worded(stream);
    if (said !== undefined) return said;
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/^(?::=|!=|<=|>=|~>|\*\*|\.\.|[-+*/%=<>&?:|@#^])/)) return 'operator';
    stream.next();
    return 'punctuation';
  },
};

export const jsonataLanguage = StreamLanguage.define(jsonataTokens);
