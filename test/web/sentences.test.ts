// Rules in words, in both languages: every verb that the house knows, and what cannot be said simply as it is written.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listKinds } from '../../src/rules/index.ts';
import { type Language, startLanguage } from '../../web/src/i18n/language.ts';
import { actionSentence } from '../../web/src/sentence/action.ts';
import { conditionSentence } from '../../web/src/sentence/condition.ts';
import { plainText, type Speaker } from '../../web/src/sentence/part.ts';
import { triggerSentence } from '../../web/src/sentence/trigger.ts';

async function speakerOf(language: Language): Promise<Speaker> {
  const words = await startLanguage(language, ['shell', 'engine', 'sentences']);
  return {
    language,
    say: (key, values) => words.t(key, values ?? {}),
    deviceName: (id) => (id === 'lamp' ? '客厅灯' : undefined),
    ruleName: (id) => (id === 'watering' ? 'Watering' : undefined),
  };
}

const speakers = { en: await speakerOf('en'), zh: await speakerOf('zh-CN') };
type Say = typeof triggerSentence;

function check(say: Say, yaml: string, en: string, zh: string): void {
  const value: unknown = parse(yaml);
  const spaced = (text: string): string => text.replaceAll(/\s+/g, ' ');
  expect(spaced(plainText(say(speakers.en, value, [])))).toBe(en);
  expect(spaced(plainText(say(speakers.zh, value, [])))).toBe(zh);
}

const triggers: readonly (readonly [yaml: string, en: string, zh: string])[] = [
  ['message: home/{room}/motion', 'A message arrives on home/{room}/motion', 'home/{room}/motion 收到消息'],
  [
    'message: [a, b]\norigin: client\nstored: true',
    'A message arrives on a or b, from a device or program, also when it comes out of a store',
    'a 或 b 收到消息，来自设备或程序，包括从存储中取出的',
  ],
  [
    'message: a\nwhen: payload.celsius > 28',
    'A message arrives on a, only when celsius is above 28',
    'a 收到消息，仅当 celsius 高于 28',
  ],
  ['change: home/door', 'home/door changes', 'home/door 变化'],
  [
    'change: a\npath: contact\nfrom: true\nto: false\nfor: 2m30s',
    'contact of a changes, from true, to false, and stays so for 2 min 30 sec',
    'a 的 contact 变化，原为 是，变为 否，并持续 2分钟30秒',
  ],
  [
    'becomes: "$device(\'lamp\').on = true"\nfor: 90',
    'It becomes true that 客厅灯 · on is true, and stays so for 1 min 30 sec',
    '变为成立：客厅灯 · on 为 是，并持续 1分钟30秒',
  ],
  ['at: "07:30"\ndays: [mon, workdays]', 'At 07:30, on Monday, working days', '07:30 时，日子：周一、工作日'],
  ['cron: "0 7 * * 1-5"', 'By the schedule 0 7 * * 1-5', '按计划 0 7 * * 1-5'],
  ['every: 15m', 'Every 15 min', '每隔 15分钟'],
  ['sun: sunset\noffset: -30m', '30 min before sunset', '日落前 30分钟'],
  [
    'sun: sunrise\noffset: 1h\nnotBefore: "07:00"',
    '1 hr after sunrise, not before “07:00”',
    '日出后 1小时，不早于 “07:00”',
  ],
  ['sun: goldenHour', 'At goldenHour', 'goldenHour时'],
  ['silence: sensors/+/state\nfor: 2h', 'sensors/+/state is silent for 2 hr', 'sensors/+/state 沉默 2小时'],
  [
    'device: { label: leak }\nto: offline\nfor: 10m',
    'devices labelled leak goes offline, and stays so for 10 min',
    '带标签 leak 的设备 离线，并持续 10分钟',
  ],
  ['device: "*"', 'any device comes online or goes offline', '任意设备 上线或离线'],
  ['client: "lamp-*"\nto: disconnected', 'The client lamp-* disconnects', '客户端 lamp-* 断开'],
  [
    'rule: watering\noutcome: failed',
    'A run of Watering ends, as failed',
    '规则 Watering 的一次运行结束，结果为 failed',
  ],
  ['event: doorbell', 'The event doorbell is emitted', '发出事件 doorbell'],
  ['webhook: doorbell', 'The webhook doorbell is called', '调用 webhook doorbell'],
  ['button: true', 'Started by hand', '手动启动'],
  ['startup: true', 'The house starts', '系统启动'],
  ['shutdown: true', 'The house stops', '系统停止'],
];

const conditions: readonly (readonly [yaml: string, en: string, zh: string])[] = [
  ['payload.celsius > 28', 'celsius is above 28', 'celsius 高于 28'],
  ['payload = "ON"', 'the payload is “ON”', '消息内容 为 “ON”'],
  ['payload.`a b` != null', 'a b is not nothing', 'a b 不为 空'],
  ['payload.occupancy', 'occupancy is true', 'occupancy 成立'],
  ['$lux >= -5', 'lux is at least -5', 'lux 不低于 -5'],
  [
    "$time() >= '22:00' or $time() < '06:00'",
    'the time is “22:00” or later or the time is before “06:00”',
    '时间 不早于 “22:00” 或 时间 早于 “06:00”',
  ],
  [
    "$state('a/b').lux < 10 and (x = 1 or y = 2)",
    'a/b.lux is below 10 and (x is 1 or y is 2)',
    'a/b.lux 低于 10 且 （x 为 1 或 y 为 2）',
  ],
  [
    "$state('home/mode', 'home') = 'away'",
    'home/mode (else “home”) is “away”',
    'home/mode（没有时为 “home”） 为 “away”',
  ],
  ["$var('guests') > 0", 'the variable guests is above 0', '变量 guests 高于 0'],
  ["$device('lamp').brightness <= 40", '客厅灯 · brightness is at most 40', '客厅灯 · brightness 不高于 40'],
  [
    "payload.action in ['single', 'double']",
    'action is one of “single”, “double”',
    'action 是 “single”、“double” 之一',
  ],
  ['$sun().up', 'the sun is up', '太阳在地平线上'],
  ['$not($workday())', 'not: today is a working day', '并非：今天是工作日'],
  [
    '{ any: [payload > 1, { not: 客厅.灯 = true }] }',
    '(the payload is above 1) or (not: (客厅.灯 is true))',
    '（消息内容 高于 1） 或 （并非：（客厅.灯 为 是））',
  ],
];

// Nothing of these is said in words, because the words could be wrong.
const complex = [
  'payload.a + 1 > 2',
  'payload[0] = 1',
  'a = b = c',
  '$since(topic) > 60',
  "$state('a' & b) = 1",
  'a ? b : c',
  'payload.**.x = 1',
  'payload ~> /x/',
  'a = [1, 2]',
  '-x > 1',
  "'it\\'s' = a",
  '$f := 1',
  '(',
  'and',
];

const actions: readonly (readonly [yaml: string, en: string, zh: string])[] = [
  [
    'publish: a/set\npayload: "ON"\nretain: true',
    'Publish “ON” to a/set, retained',
    '发布 “ON” 到 a/set，并由代理保留',
  ],
  [
    'publish: a\npayload: { state: "ON" }\nconfirm: { state: b, within: 5s }',
    'Publish {"state":"ON"} to a, until b confirms it',
    '发布 {"state":"ON"} 到 a，直到 b 确认',
  ],
  ['publish: a\npayload: "{{ payload.x + 1 }}"', 'Publish payload.x + 1 to a', '发布 payload.x + 1 到 a'],
  ['publish: a\npayload: null', 'Publish nothing to a', '发布 空 到 a'],
  [
    'set: lamp\nproperties: { on: true, brightness: 40 }\ntransition: 2s',
    'Switch 客厅灯 on, brightness = 40, over 2 sec',
    '打开 客厅灯，brightness = 40，用时 2秒',
  ],
  ['set: [lamp, x]\nproperties: { on: false }', 'Switch 客厅灯, x off', '关闭 客厅灯、x'],
  [
    'set: { room: hall }\nproperties: { mode: heat }',
    'Set devices of hall: mode = “heat”',
    '设置 hall 的设备：mode = “heat”',
  ],
  ['capture: before\ndevices: lamp', 'Keep how 客厅灯 are as before', '把 客厅灯 的状态记为 before'],
  ['restore: before', 'Bring back what was kept as before', '恢复记为 before 的状态'],
  ['delay: 2m', 'Wait 2 min', '等待 2分钟'],
  ['delay: "{{ x }}"', 'Wait "{{ x }}"', '等待 "{{ x }}"'],
  [
    'wait: payload = false\ntimeout: 10m',
    'Wait until the payload is false, at most 10 min',
    '等到 消息内容 为 否，最多 10分钟',
  ],
  [
    'wait: [{ message: a }, $sun().up]',
    'Wait until A message arrives on a or the sun is up',
    '等到 a 收到消息 或 太阳在地平线上',
  ],
  ['if: x > 1', 'If x is above 1', '如果 x 高于 1'],
  ['choose: []', 'Do the first that holds', '执行第一个成立的分支'],
  ['repeat: { times: 3 }', 'Repeat 3 times', '重复 3 次'],
  ['repeat: { while: x = 1 }', 'Repeat while x is 1', '当 x 为 1 时重复'],
  ['repeat: { until: x = 1 }', 'Repeat until x is 1', '重复直到 x 为 1'],
  ['repeat: { each: "{{ rooms }}" }', 'For each of rooms', '对 rooms 中的每一项'],
  ['parallel: [[], []]', 'At the same time', '同时进行'],
  ['let: { a: 1, b: x }', 'Let a = 1, b = “x”', '令 a = 1、b = “x”'],
  ['var: { guests: null }', 'Remember guests = nothing', '记住 guests = 空'],
  ['http: https://a.example\nbody: {}', 'Call POST https://a.example', '请求 POST https://a.example'],
  ['notify: [mail, phone]\nmessage: Leak', 'Tell mail and phone: “Leak”', '通知 mail、phone：“Leak”'],
  ['call: telegram/send', 'Do telegram/send of a plugin', '执行插件动作 telegram/send'],
  ['flow: price\nwait: true', 'Hand over to the flow price', '交给流程 price'],
  ['emit: doorbell', 'Emit the event doorbell', '发出事件 doorbell'],
  ['run: watering\nwait: true', 'Run the rule Watering', '运行规则 Watering'],
  ['enable: [a, b]', 'Switch the rule a and b on', '启用规则 a、b'],
  ['disable: watering', 'Switch the rule Watering off', '停用规则 Watering'],
  ['log: done', 'Write “done” to the log', '把 “done” 写入日志'],
  ['stop: nobody', 'Stop: “nobody”', '停止：“nobody”'],
  ['fail: broken', 'Fail: “broken”', '失败：“broken”'],
];

describe('triggers', () => {
  test.each(triggers)('%s', (yaml, en, zh) => check(triggerSentence, yaml, en, zh));
});

describe('conditions', () => {
  test.each(conditions)('%s', (source, en, zh) =>
    check(conditionSentence, source.startsWith('{') ? source : JSON.stringify(source), en, zh),
  );

  test.each(complex)('%s stays as it is written', (source) => {
    expect(plainText(conditionSentence(speakers.en, source, []))).toBe(source);
  });
});

describe('actions', () => {
  test.each(actions)('%s', (yaml, en, zh) => check(actionSentence, yaml, en, zh));
});

test('every kind of the house has words, and its example can be said', () => {
  const kinds = listKinds();
  for (const [list, say] of [
    [kinds.triggers, triggerSentence],
    [kinds.actions, actionSentence],
  ] as const)
    for (const { verb, example } of list) {
      const text = plainText(say(speakers.zh, parse(example), []));
      expect(text.startsWith('{'), `${verb}: ${text}`).toBe(false);
    }
});

test('what is not known is shown as it is written', () => {
  expect(plainText(triggerSentence(speakers.en, { moon: 'full' }, []))).toBe('{"moon":"full"}');
  expect(plainText(actionSentence(speakers.en, 'x', []))).toBe('x');
});

test('a part says where it stands', () => {
  const value = { change: ['a', 'b'], when: 'x > 1' };
  const parts = triggerSentence(speakers.en, value, ['triggers', 0]).filter(({ path }) => path);
  expect(parts.map(({ text, path }) => [text, path?.join('.')])).toEqual([
    ['a', 'triggers.0.change.0'],
    ['b', 'triggers.0.change.1'],
    ['x', 'triggers.0.when'],
    ['1', 'triggers.0.when'],
  ]);
});
