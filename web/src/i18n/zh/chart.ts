// 图表。
import type { texts as en } from '../en/chart.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'chart.table': '以表格显示',
  'chart.time': '时间',
  'chart.value': '值',
  'chart.of': '{{name}} 随时间的变化',
  'chart.none': '这段时间没有记录。',
  'chart.span': '显示的时间',
  'chart.span.hour': '1 小时',
  'chart.span.day': '1 天',
  'chart.span.week': '1 周',
} as const satisfies Translation<typeof en>;
