// The lines of an answer as they come.
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const pieces = (rest + decoder.decode(next.value, { stream: true })).split('\n');
      rest = pieces.pop() ?? '';
      yield* pieces.filter((piece) => piece !== '');
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel();
  }
}
