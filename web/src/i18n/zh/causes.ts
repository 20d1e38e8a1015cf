// 谁干的：是什么导致了这个值。
import type { texts as en } from '../en/causes.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'causes.ask': '谁干的？',
  'causes.title': '来龙去脉，最近的在前',

  'cause.message': '消息',
  'cause.report': '按命令作出的上报',
  'cause.run': '运行了规则',
  'cause.hold': '已持续足够久',
  'cause.command': '被要求运行',
  'cause.event': '事件',
  'cause.device': '设备',
  'cause.client': '客户端',
  'cause.rule': '规则',
  'cause.webhook': 'Webhook',

  'causes.end.client': '来自设备或程序 {{by}}。',
  'causes.end.person': '是 {{by}} 手动或用令牌做的。',
  'causes.end.bridge': '从桥接 {{by}} 传来。',
  'causes.end.plugin': '来自插件 {{by}}。',
  'causes.end.flow': '来自流程 {{by}}。',
  'causes.end.webhook': '外面有人调用了 webhook {{by}}。',
  'causes.end.time': '到了时间。',
  'causes.end.house': '是系统自己做的。',
  'causes.lost.not-recorded': '再往前没有记录。',
  'causes.lost.run-forgotten': '再往前的那次运行已不再保留。',
  'causes.lost.too-long': '后面还有，不再追查。',
} as const satisfies Translation<typeof en>;
