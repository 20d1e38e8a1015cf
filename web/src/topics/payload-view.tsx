// What a topic said, in the form that is wanted: as JSON, as what changed, or byte by byte.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { base64Of, bytesOf, hexLines } from '../base/bytes.ts';
import { inline, parsePayload } from '../base/json.ts';
import { formatBytes } from '../i18n/format.ts';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { JsonView } from '../parts/json-view.tsx';
import { differencesOf } from './differences.ts';
import './payload-view.css';

const forms = ['json', 'diff', 'hex', 'base64'] as const;
type Form = (typeof forms)[number];
const labels: Readonly<Record<Form, TextKey>> = {
  json: 'topics.form.json',
  diff: 'topics.form.diff',
  hex: 'topics.form.hex',
  base64: 'topics.form.base64',
};

export interface PayloadProps {
  readonly view: TopicView;
  /** What it said before, since this page looks. */
  readonly before: TopicView | undefined;
  readonly changed: ReadonlySet<string>;
  readonly revision: number;
}

function Difference({ view, before }: Pick<PayloadProps, 'view' | 'before'>) {
  const { say } = useWords();
  if (before === undefined) return <p className="json dim">{say('topics.diff.wait')}</p>;
  const differences = differencesOf(parsePayload(before.payload), parsePayload(view.payload));
  if (differences.length === 0) return <p className="json dim">{say('topics.diff.same')}</p>;
  return (
    <dl className="json differences">
      {differences.map(({ path, was, is }) => (
        <div key={path}>
          <dt>{path}</dt>
          <dd>
            {was === undefined ? null : <del>{inline(was)}</del>}{' '}
            {is === undefined ? null : <ins>{inline(is)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Content({ form, ...props }: PayloadProps & { readonly form: Form }) {
  const { say } = useWords();
  const { view, changed, revision } = props;
  if (view.payload === '') return <p className="json dim">{say('topics.empty')}</p>;
  if (form === 'diff') return <Difference {...props} />;
  if (form === 'hex')
    return <pre className="json hex">{hexLines(bytesOf(view.payload, view.binary === true))}</pre>;
  if (form === 'base64')
    return <pre className="json json-plain">{base64Of(bytesOf(view.payload, view.binary === true))}</pre>;
  const value = view.binary ? view.payload : parsePayload(view.payload);
  return <JsonView value={value} revision={revision} changed={changed} />;
}

function isForm(text: string): text is Form {
  return forms.some((form) => form === text);
}

export function TopicPayload(props: PayloadProps) {
  const { say, language } = useWords();
  const { view } = props;
  const [form, setForm] = useState<Form>(view.binary ? 'hex' : 'json');
  const size = formatBytes(language, view.bytes);
  return (
    <>
      <SegmentedControl
        className="payload-form"
        aria-label={say('topics.form')}
        value={form}
        onChange={(next) => {
          if (isForm(next)) setForm(next);
        }}
        data={forms.map((value) => ({ value, label: say(labels[value]) }))}
      />
      <Content {...props} form={form} />
      {view.binary ? <p className="dim topic-note">{say('topics.binary', { size })}</p> : null}
      {view.truncated ? <p className="dim topic-note">{say('topics.truncated', { size })}</p> : null}
    </>
  );
}
