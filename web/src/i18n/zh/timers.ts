// 到时候会自己发生的事。
import type { texts as en } from '../en/timers.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'timers.title': '等待中',
  'timers.more': '还有 {{count}} 项',
  'timers.fire': '现在就发生',
  'timers.cancel': '不再发生',
  'timers.run': '正在等待：{{verb}}{{about}}',
  'timers.schedule': '已排定：{{verb}}{{about}}',
  'timers.hold': '需要保持：{{verb}} {{about}}',
  'timers.silence': '若 {{about}} 一直没有消息{{verb}}',
} as const satisfies Translation<typeof en>;
