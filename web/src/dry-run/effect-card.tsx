// One thing that the draft would do, when it would, and on wish it is done for real.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { WouldBeView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { PayloadView } from '../parts/json-view.tsx';
import { Tag } from '../parts/tag.tsx';
import { useToasts } from '../parts/use-toasts.tsx';

function SendButton({ effect, topic }: { readonly effect: WouldBeView; readonly topic: string }) {
  const { api } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const { payload = '', qos = 0, retain = false } = effect;
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.publish({ topic, payload, qos, retain }),
    onSuccess: () => toasts.done(say('dry.sent', { topic })),
    onError: (error) => toasts.failed(say('problem.title.publish'), error),
  });
  return (
    <Button variant="subtle" loading={isPending} onClick={() => mutate()}>
      {say('dry.send')}
    </Button>
  );
}

export function EffectCard({ effect, start }: { readonly effect: WouldBeView; readonly start: number }) {
  const { say, language } = useWords();
  const mayOperate = useMay('operate');
  const { kind, topic, name, text, payload, at, refused } = effect;
  const after = at - start;
  const canSend = mayOperate && kind === 'publish' && topic !== undefined && refused === undefined;
  return (
    <li className="would">
      <div className="would-head">
        <span className="would-when number">
          {after < 1_000 ? say('dry.at.once') : say('dry.at.after', { time: formatSpan(language, after) })}
        </span>
        <span className="would-what">
          {say(`dry.would.${kind}`)} <code>{topic ?? name}</code>
        </span>
        {effect.retain ? <Tag>{say('trace.retained')}</Tag> : null}
        {canSend ? <SendButton effect={effect} topic={topic} /> : null}
      </div>
      {text === undefined ? null : <p>{text}</p>}
      {payload === undefined ? null : <PayloadView payload={payload} />}
      {refused === undefined ? null : <p className="dry-doubt">{say('trace.refused', { why: refused })}</p>}
    </li>
  );
}
