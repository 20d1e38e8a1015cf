// 规则的历史版本。
import type { texts as en } from '../en/versions.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'versions.list': '这条规则的版本',
  'versions.back': '全部版本',
  'versions.nth': '版本 {{version}}',
  'versions.inForce': '生效中',
  'versions.nobody': '未知的人',
  'versions.first': '保留的最早版本',
  'versions.size': '新增 {{added}} 行，删去 {{removed}} 行',
  'versions.against': '对比',
  'versions.view': '文本的对比方式',
  'versions.view.unified': '上下对比',
  'versions.view.sides': '左右对比',
  'versions.sentences': '用句子说',
  'versions.same': '没有差别。',
  'versions.lost': '这个版本已不再保留',
  'versions.lost.hint': '保留最近一百个版本，以及运行仍需要的版本。',
  'versions.restore': '恢复…',
  'versions.restore.title': '恢复版本 {{version}}？',
  'versions.restore.hint': '它的文本会成为版本 {{next}}，版本 {{now}} 仍留在列表里。',
  'versions.restore.draft': '你的草稿保持原样；它是从另一个版本开始写的。',
  'versions.restore.yes': '恢复',
  'versions.note': '备注',
} as const satisfies Translation<typeof en>;
