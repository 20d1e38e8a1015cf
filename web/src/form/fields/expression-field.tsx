// An expression with its value now, for the latest message that would wake the rule.
import { Textarea } from '@mantine/core';
import { lazy, Suspense, useId, useState } from 'react';
import type { TopicView } from '../../api/types.ts';
import { inline } from '../../base/json.ts';
import { faultWords } from '../../i18n/fault-words.ts';
import type { Say } from '../../i18n/use-words.ts';
import { operandsOf } from '../../run/operands.ts';
import { valueText } from '../../sentence/values.ts';
import { useForm } from '../form-context.ts';
import { useSample } from '../sample.ts';
import { type Evaluation, useEvaluation } from '../use-evaluation.ts';
import { useExpressionWords } from '../use-expression-words.ts';
import { useText } from '../use-text.ts';
import type { FieldProps } from './props.ts';

const Editor = lazy(async () => ({
  default: (await import('../../editor/expression-editor.tsx')).ExpressionEditor,
}));

const nothing: never[] = [];

/** The whole is shown below; parts are shown where they stand. */
function inlaysOf(evaluation: Evaluation | undefined) {
  if (!evaluation) return nothing;
  const { expression, view } = evaluation;
  return operandsOf({ source: expression, parts: view.parts })
    .filter(({ source }) => !/^(?:["'[\d]|true$|false$|null$)/.test(source))
    .map(({ end, value, isMissing }) => ({ at: end, text: isMissing ? '∅' : inline(value, 24), isMissing }));
}

function problemsOf(say: Say, evaluation: Evaluation | undefined) {
  if (!evaluation) return nothing;
  const { error, problems } = evaluation.view;
  const found = problems.map(({ start = 0, end = start + 1, ...problem }) => ({
    from: start,
    to: end,
    message: faultWords(say, problem),
    severity: problem.severity,
  }));
  const failed =
    error === undefined
      ? []
      : [
          {
            from: error.position,
            to: error.position + 1,
            message: faultWords(say, error),
            severity: 'error' as const,
          },
        ];
  return [...found, ...failed];
}

interface NowProps {
  readonly id: string;
  readonly evaluation: Evaluation | undefined;
  readonly sample: TopicView | undefined;
}

function Now({ id, evaluation, sample }: NowProps) {
  const { speaker } = useForm();
  const { value, type, error, problems = nothing } = evaluation?.view ?? {};
  const wrong = problems[0] ?? error;
  const fault = wrong && faultWords(speaker.say, wrong);
  return (
    <p id={id} className="expression-now" data-fault={fault !== undefined}>
      {fault !== undefined ? (
        fault
      ) : type === undefined ? (
        '\u00A0'
      ) : (
        <>
          <span>{speaker.say('expression.now')} </span>
          <code>{type === 'missing' ? speaker.say('expression.missing') : inline(value, 80)}</code>
          {sample === undefined ? null : (
            <span> {speaker.say('expression.for', { topic: sample.topic })}</span>
          )}
        </>
      )}
    </p>
  );
}

interface PlainProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
}

/** Until the editor is loaded: what is typed counts already. */
function Plain({ label, text, onChange, onFocus }: PlainProps) {
  const { isFrozen } = useForm();
  const typed = useText(text, { write: onChange });
  return (
    <Textarea
      aria-label={label}
      {...typed}
      onFocus={onFocus}
      disabled={isFrozen}
      autosize
      minRows={1}
      classNames={{ input: 'code' }}
    />
  );
}

export function ExpressionField({ value, path, label, onChange }: FieldProps) {
  const { tree, isFrozen, speaker } = useForm();
  const id = useId();
  const text = value === undefined || value === null ? '' : valueText(value);
  const sample = useSample(tree, path, true);
  const evaluation = useEvaluation(text, sample);
  const words = useExpressionWords(sample);
  const [hadFocus, setHadFocus] = useState(false);
  return (
    <div className="field-wide">
      <p className="mantine-InputWrapper-label" aria-hidden="true">
        {label}
      </p>
      <Suspense
        fallback={<Plain label={label} text={text} onChange={onChange} onFocus={() => setHadFocus(true)} />}
      >
        <Editor
          text={text}
          label={label}
          describedBy={id}
          isReadOnly={isFrozen}
          caret={hadFocus ? text.length : undefined}
          words={words}
          problems={problemsOf(speaker.say, evaluation)}
          values={inlaysOf(evaluation)}
          onChange={onChange}
        />
      </Suspense>
      <Now id={id} evaluation={evaluation} sample={sample} />
    </div>
  );
}
