// 历史曲线。
import type { texts as en } from '../en/history.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'history.title': '历史',
  'history.none': '还没有选择要看的值',
  'history.none.hint': '选几个设备或主题的值：它们按同一段时间上下排列，旁边是规则的运行时刻。',
  'history.add': '添加一个值',
  'history.find': '设备、房间、值或主题',
  'history.find.clear': '清除搜索',
  'history.noMatch': '没有与“{{words}}”相符的',
  'history.noPast': '没有保存过它的历史。',
  'history.payload': '整个载荷',
  'history.span': '显示的时间',
  'history.span.1h': '1 小时',
  'history.span.6h': '6 小时',
  'history.span.24h': '24 小时',
  'history.span.7d': '7 天',
  'history.span.30d': '30 天',
  'history.back': '往前',
  'history.on': '往后',
  'history.nearer': '放大',
  'history.farther': '缩小',
  'history.still': '画面已停住；点一个时间段即可继续跟随现在',
  'history.csv': '把 {{name}} 的全部数值存为 CSV',
  'history.remove': '移除 {{name}}',
  'history.runs': '规则的运行',
  'history.rule': '规则',
  'history.rule.all': '全部规则',
} as const satisfies Translation<typeof en>;
