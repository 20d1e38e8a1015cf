// 概览。
import type { texts as en } from '../en/home.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'home.well': '一切正常',
  'home.attention': '需要留意',
  'home.attention.more_other': '还有 {{count}} 项',
  'home.setup': '还没有管理员，目前只有本机能进入。现在创建',
  'home.matter.failed': '规则“{{name}}”最近一次运行失败了',
  'home.matter.breaker': '规则“{{name}}”运行太频繁，已暂停',
  'home.matter.offline': '{{name}} 离线',
  'home.matter.gone': '{{name}} 已不再出现',
  'home.matter.battery': '{{name}} 电量低',
  'home.matter.bridge': '桥接 {{name}} 没有连上',
  'home.matter.finding': '检查发现规则“{{rule}}”有可疑之处',
  'home.favourites': '常用设备',
  'home.favourites.choose': '选择',
  'home.favourites.done': '完成',
  'home.favourites.none': '选几个常用的设备放在这里。',
  'home.open': '打开 {{name}}',
  'home.day': '最近 24 小时的运行',
  'home.day.did': '执行 {{count}} 次',
  'home.day.not': '未执行 {{count}} 次',
  'home.day.failed': '失败 {{count}} 次',
  'home.events': '刚刚发生',
  'home.events.none': '规则一做事，这里就会出现。',
  'home.events.times': '连续 {{count}} 次',
  'home.events.more': '等 {{count}} 项',
  'home.empty': '欢迎',
  'home.empty.hint': '把设备连上来，它就会自己出现。然后写下第一条规则：什么时候，做什么。',
  'home.empty.device': '连接设备',
  'home.empty.rule': '试试示例规则',
} as const satisfies Translation<typeof en>;
