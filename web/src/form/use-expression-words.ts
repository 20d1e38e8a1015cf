// What may stand at the cursor of an expression: fields of the latest message, values seen in them, functions, devices, topics.
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { parsePayload } from '../base/json.ts';
import { useDevices } from '../devices/use-devices.ts';
import type { ExpressionWords } from '../editor/expression-completions.ts';
import { useForm } from './form-context.ts';
import { useFunctions } from './functions.ts';
import { seenIn, useTopicDetail } from './seen.ts';

const nothing: never[] = [];

export function useExpressionWords(sample: TopicView | undefined): ExpressionWords {
  const { api } = useHouse();
  const { speaker, tree } = useForm();
  const { data: devices = nothing } = useDevices();
  const functions = useFunctions();
  const detail = useTopicDetail(sample?.topic);
  const payload = sample && parsePayload(sample.payload);
  const { variables } = tree;
  return {
    language: speaker.language,
    functions,
    root: {
      ...(sample && {
        payload,
        topic: sample.topic,
        raw: sample.payload,
        qos: sample.qos,
        retain: sample.retain,
        origin: sample.origin,
      }),
      ...(typeof variables === 'object' && variables !== null ? variables : {}),
    },
    devices,
    valuesOf: (path) => (detail === undefined ? nothing : seenIn(detail, path).values),
    topics: async (words) => (await api.searchTopics(words)).items.slice(0, 30),
  };
}
