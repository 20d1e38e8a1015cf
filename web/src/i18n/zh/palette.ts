// 快速查找与快捷键。
import type { texts as en } from '../en/palette.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'palette.field': '前往、执行或查找',
  'palette.hits': '找到的内容',
  'palette.none': '没有叫“{{words}}”的东西',
  'palette.page': '页面',
  'palette.do': '操作',
  'palette.device': '设备',
  'palette.rule': '规则',
  'palette.runs': '运行记录',
  'palette.topic': '主题',
  'palette.newRule': '新建规则',
  'palette.addDevice': '添加设备',
  'palette.publish': '发布消息',
  'palette.runsOf': '{{name}}的运行记录',
  'palette.key.move': '移动',
  'palette.key.open': '打开',
  'palette.key.close': '关闭',

  'keys.title': '快捷键',
  'keys.palette': '前往、执行或查找',
  'keys.list': '这张表',
  'keys.apply': '应用规则',
  'keys.publish': '发布消息',
  'keys.move': '在列表或树中移动',
  'keys.fold': '展开与收起',
  'keys.close': '关闭打开的东西',
  'keys.undo': '撤销对规则的修改；加 Shift 为重做',
  'keys.step.add': '在步骤上：在下方添加',
  'keys.step.move': '在步骤上：上移、下移、移入、移出',
  'keys.step.copy': '在步骤上：复制一份',
  'keys.step.off': '在步骤上：停用或启用',
  'keys.step.note': '在步骤上：备注',
  'keys.step.remove': '在步骤上：移除',
} as const satisfies Translation<typeof en>;
