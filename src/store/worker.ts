// The store's worker thread: owns both databases and does one operation after the other. The only writer.
import type { Operations } from './protocol.ts';
import { type Handlers, type Send, serve } from './serving.ts';
import { Files } from './sqlite/files.ts';

function handlersFor(send: Send): Handlers<Operations> {
  const files = new Files((setAside) => send({ setAside }));
  return {
    open: (request) => files.open(request),
    commit: async ({ bytes }) => (await files.truth()).commit(bytes),
    slice: async (request) => (await files.truth()).slice(request),
    reserve: async ({ size }) => {
      const history = await files.history();
      const first = (await files.truth()).reserve(size, history.sequenceFloor());
      history.reserved(first);
      return { first };
    },
    writeChunk: async ({ chunk, gap }) => (await files.history()).writeChunk(chunk, gap),
    catchUp: async () => (await files.history()).catchUp(),
    gaps: async ({ from, to }) => (await files.history()).gaps(from, to),
    putSnapshot: async ({ data, ...head }) => {
      (await files.history()).putSnapshot(head, data);
      return null;
    },
    recent: async (series) => (await files.history()).recent(series),
    seriesPaths: async ({ topic }) => (await files.history()).seriesPaths(topic),
    tend: async ({ now }) => (await files.history()).tend(now),
    putTraces: async (traces) => {
      (await files.history()).putTraces(traces);
      return null;
    },
    recentTraces: async (query) => (await files.history()).recentTraces(query),
    findTrace: async ({ id }) => (await files.history()).findTrace(id),
    prune: async ({ before, maxBytes }) => (await files.history()).prune(before, maxBytes),
    copy: async ({ name, target }) => {
      const file = name === 'homerule.db' ? await files.truth() : await files.history();
      await file.copyTo(target);
      return null;
    },
    close: async ({ at }) => {
      files.close(at);
      return null;
    },
  };
}

serve(handlersFor, { isInTurn: true, beside: ['copy'] });
