// A rule that does not exist yet: from nothing, from the example or from a topic.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import type { Language } from '../i18n/language.ts';
import { useWords } from '../i18n/use-words.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { blankRule, exampleRule, exampleRuleZh } from '../rules/example-rule.ts';
import { topicKey } from '../topics/use-topic.ts';
import { newRuleKey } from './draft-store.ts';
import { EarlierDrafts } from './earlier-drafts.tsx';
import { EditTab } from './edit-tab.tsx';
import { clearNew } from './new-drafts.ts';
import { PasteNotice } from './paste-notice.tsx';
import { ruleFromTopic } from './rule-from-topic.ts';
import { BackToRules } from './rule-head.tsx';
import { useDraft } from './use-draft.ts';
import { usePaste } from './use-paste.ts';
import './rule-page.css';

const route = getRouteApi('/rules/new');

interface Wanted {
  readonly start?: string;
  /** The value of the topic that the rule is about. */
  readonly at?: string;
}

function startText({ start, at }: Wanted, topic: TopicView | undefined, language: Language): string {
  if (topic) return ruleFromTopic(topic, at);
  if (start === 'example') return language === 'zh-CN' ? exampleRuleZh : exampleRule;
  return blankRule;
}

/** A start that was asked for goes first; what was begun before is put aside, not lost. */
function useStart(text: string): void {
  const { drafts } = useHouse();
  useState(() => text !== blankRule && clearNew(drafts, text));
}

function NewRule({ text }: { readonly text: string }) {
  const { say } = useWords();
  const navigate = route.useNavigate();
  useStart(text);
  const state = useDraft(newRuleKey, { source: text, version: 0 });
  const paste = usePaste(state);
  usePageTitle(say('rule.new'));
  return (
    <div className="page">
      <div className="page-head rule-head">
        <BackToRules />
        <div className="rule-head-name">
          <h1>{say('rule.new')}</h1>
        </div>
      </div>
      <div className="rule-bench-main" onPasteCapture={paste.onPaste}>
        {paste.pasted ? <PasteNotice pasted={paste.pasted} onClose={paste.forget} /> : null}
        <EarlierDrafts key={String(paste.pasted !== undefined)} state={state} />
        <p className="paste-hint dim">{say('paste.hint')}</p>
        <EditTab
          state={state}
          onApplied={(rule) => navigate({ to: '/rules/$id', params: { id: rule.id } })}
        />
      </div>
    </div>
  );
}

export function NewRulePage() {
  const { api } = useHouse();
  const { language } = useWords();
  const { from, ...wanted } = route.useSearch();
  const { start, at } = wanted;
  const { data: topic, isLoading } = useQuery({
    queryKey: topicKey(from ?? ''),
    queryFn: ({ signal }) => api.topic(from ?? '', signal),
    enabled: from !== undefined,
    // The text is begun once; later messages must not change it.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isLoading) return <Waiting rows={4} />;
  const text = startText(wanted, topic, language);
  return <NewRule key={`${from ?? ''} ${start ?? ''} ${at ?? ''}`} text={text} />;
}
