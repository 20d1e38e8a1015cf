// 某一刻规则为什么运行了，或没有运行。
import type { texts as en } from '../en/why.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'why.miss.off': '这个触发器已关闭。',
  'why.miss.origin': '{{topic}} 来自 {{value}}，而触发器只要来自 {{wanted}} 的消息。',
  'why.miss.stored': '{{topic}} 是存着的旧消息，不算新消息。',
  'why.miss.unchanged': '{{topic}} 仍是 {{value}}，没有变化。',
  'why.miss.value': '{{topic}} 是 {{value}}，而触发器要的是 {{wanted}}。',
  'why.miss.previous': '{{topic}} 之前是 {{value}}，而触发器要的是 {{wanted}}。',
  'why.hint.type': '只差类型：文字不是数字。',
  'why.hint.case': '只差大小写。',
  'why.hint.switch': '一个是文字，另一个是真或假。',
  'why.hint.spaces': '只差空格。',
} as const satisfies Translation<typeof en>;
