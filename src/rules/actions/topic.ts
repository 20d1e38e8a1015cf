// A topic that an action names: checked when the rule is saved if it is constant, when it is made otherwise.
import type { CompileContext } from '../compile/context.ts';
import type { Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { publishTopicFault, topicTextFault } from '../model/topic-pattern.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';

/** To publish to: not below those of the house itself. */
export type TopicUse = 'publish' | 'read';

const faultOf = { publish: publishTopicFault, read: topicTextFault } as const;

export function compileTopic(
  text: string,
  place: { readonly path: string; readonly use: TopicUse },
  context: CompileContext,
): ValueNode | undefined {
  const { path, use } = place;
  const topic = context.text(text, path);
  const fault = topic?.kind === 'constant' ? faultOf[use](text) : undefined;
  if (fault === undefined) return topic;
  const { suggestion, why } = fault;
  const message = `"${text}" is not a topic: ${fault.fault}`;
  return context.report({
    path,
    code: 'bad-topic',
    message,
    params: { text, why },
    ...(suggestion !== undefined && { suggestion }),
  });
}

/** A constant one was checked when the rule was compiled. Throws RunError. */
export function topicOf(
  node: ValueNode,
  { path, use }: { readonly path: string; readonly use: TopicUse },
  step: Step,
): string {
  if (node.kind === 'constant' && typeof node.value === 'string') return node.value;
  return checkedTopic(textOf(evaluateValue(node, step.frame), path), { path, use });
}

/** Throws RunError. */
export function checkedTopic(topic: string, { path, use }: { path: string; use: TopicUse }): string {
  const fault = faultOf[use](topic);
  if (fault === undefined) return topic;
  throw new RunError('bad-topic', `"${topic}" is not a topic: ${fault.fault}`, {
    path,
    params: { text: topic, why: fault.why },
  });
}
