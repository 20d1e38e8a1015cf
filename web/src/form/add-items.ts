// What can be added at a place: kinds, and what devices, topics and rules offer there, found by one search.
import { useQuery } from '@tanstack/react-query';
import type { DevicePropertyView, DeviceView, KindsView, TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { parsePayload } from '../base/json.ts';
import { useDevices } from '../devices/use-devices.ts';
import { propertyName, valueWords } from '../i18n/property-words.ts';
import { useWords, type Words } from '../i18n/use-words.ts';
import { useRules } from '../rules/use-rules.ts';
import { newEntry, type Role } from './kinds.ts';
import type { PickItem } from './pick-list.tsx';
import { fieldOf, literal, propertyCondition, quoted } from './property-condition.ts';
import { useTopicSearch } from './suggestions.ts';
import { type Match, useWordsMatch } from './use-words-match.ts';

export interface AddItem extends PickItem {
  /** The entry to add. */
  readonly entry: unknown;
}

const mostProperties = 12;
const mostTopics = 12;

function plain(doc: string): string {
  return doc.replaceAll('`', '').split(/[;；]/)[0] ?? doc;
}

function propertyEntries(role: Role, device: DeviceView, property: DevicePropertyView): readonly unknown[] {
  const condition = propertyCondition(device.id, property);
  if (role === 'conditions') return property.reported ? [condition] : [];
  if (role === 'triggers') return property.reported ? [{ becomes: condition }] : [];
  if (!property.commandable) return [];
  const { id, short, kind, value, options, min } = property;
  const name = short ?? id;
  if (kind === 'boolean') {
    return [true, false].map((on) => ({ set: device.id, properties: { [name]: on } }));
  }
  return [{ set: device.id, properties: { [name]: value ?? options?.[0] ?? min ?? 0 } }];
}

type Said = (role: Role, entry: unknown) => string;

function deviceItems(
  words: Words,
  said: Said,
  given: { readonly role: Role; readonly devices: readonly DeviceView[] },
): readonly AddItem[] {
  return given.devices.flatMap((device) =>
    device.properties.flatMap((property) =>
      propertyEntries(given.role, device, property).map((entry, index) => ({
        key: `${device.id} ${property.id} ${index}`,
        title: said(given.role, entry),
        detail: property.value === undefined ? '' : valueWords(words, property, property.value),
        group: words.say('form.group.devices'),
        entry,
      })),
    ),
  );
}

function topicCondition({ topic, payload }: TopicView): string {
  const value = parsePayload(payload);
  const place = `$state(${quoted(topic)})`;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `${place} = ${literal(value)}`;
  const [[name, first] = ['', null]] = Object.entries(value);
  return `${place}.${fieldOf(name)} = ${literal(first)}`;
}

function topicItems(words: Words, role: Role, topics: readonly TopicView[]): readonly AddItem[] {
  return topics.map((view) => ({
    key: `topic ${view.topic}`,
    title: view.topic,
    detail: view.payload.slice(0, 60),
    group: words.say('form.group.topics'),
    entry:
      role === 'triggers'
        ? { message: view.topic }
        : role === 'conditions'
          ? topicCondition(view)
          : { publish: view.topic, payload: '' },
  }));
}

function kindItems({ language, say }: Words, role: Role, kinds: KindsView): readonly AddItem[] {
  if (role === 'conditions') {
    const groups = ['any', 'all', 'not'] as const;
    return [
      { key: 'expression', title: say('form.expression'), group: say('form.group.kinds'), entry: '' },
      ...groups.map((group) => ({
        key: group,
        title: say(`group.${group}`),
        group: say('form.group.kinds'),
        entry: { [group]: [''] },
      })),
    ];
  }
  return kinds[role].map((kind) => ({
    key: kind.verb,
    title: plain(language === 'zh-CN' ? kind.doc.zh : kind.doc.en),
    detail: kind.verb,
    group: say('form.group.kinds'),
    entry: newEntry(kind),
  }));
}

function found(items: readonly AddItem[], words: string, match: Match): readonly AddItem[] {
  return words === ''
    ? items
    : items.filter(({ title, detail = '', key }) => match(`${title} ${detail} ${key}`, words));
}

function useVariables(isWanted: boolean) {
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['variables'],
    queryFn: ({ signal }) => api.variables(signal),
    enabled: isWanted,
  });
  return data?.items ?? [];
}

function useNamedItems(role: Role): readonly AddItem[] {
  const { say } = useWords();
  const { data: rules = [] } = useRules();
  const variables = useVariables(role === 'conditions');
  const group = say('form.group.rules');
  if (role === 'conditions')
    return variables.map(({ name, value }) => ({
      key: `variable ${name}`,
      title: say('operand.var', { name }),
      detail: JSON.stringify(value),
      group: say('form.group.variables'),
      entry: `$var(${quoted(name)}) = ${literal(value)}`,
    }));
  return rules.map(({ id, name }) => ({
    key: `rule ${id}`,
    title: name,
    detail: id,
    group,
    entry: role === 'triggers' ? { rule: id } : { run: id },
  }));
}

export interface AddSearch {
  readonly role: Role;
  readonly kinds: KindsView;
  readonly words: string;
  readonly said: Said;
}

export function useAddItems({ role, kinds, words: typed, said }: AddSearch): readonly AddItem[] {
  const words = useWords();
  const search = typed.trim();
  const match = useWordsMatch(true);
  const { data: devices = [] } = useDevices();
  const { data: topics } = useTopicSearch(search, search !== '');
  const named = useNamedItems(role);
  const name = ({ name, room = '', id }: DeviceView): string => `${name} ${room} ${id}`;
  const byWord = search.split(/\s+/);
  // «客厅 温度»: some words mean the device, the others what it has.
  const chosen =
    search === '' ? [] : devices.filter((device) => byWord.some((word) => match(name(device), word)));
  const offered = deviceItems(words, said, { role, devices: chosen }).filter(({ title, key }) => {
    const device = devices.find(({ id }) => key.startsWith(`${id} `));
    const property = device?.properties.find(({ id }) => key.startsWith(`${device.id} ${id} `));
    const all = `${title} ${key} ${device ? name(device) : ''} ${property ? propertyName(words.say, property) : ''}`;
    return match(all, search);
  });
  return [
    ...offered.slice(0, mostProperties),
    ...found(kindItems(words, role, kinds), search, match),
    ...(search === '' ? [] : found(named, search, match)),
    ...(search === '' ? [] : topicItems(words, role, (topics?.items ?? []).slice(0, mostTopics))),
  ];
}
