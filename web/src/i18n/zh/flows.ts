// Node-RED：什么是流程、进程的状态、部署过什么。
import type { texts as en } from '../en/flows.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'flows.title': '流程',
  'flows.part.begin': '入门',
  'flows.part.editor': '编辑器',
  'flows.part.versions': '历史版本',

  'flows.state.off': '未启用',
  'flows.state.stopped': '已停止',
  'flows.state.starting': '正在启动',
  'flows.state.running': '运行中',
  'flows.state.safe': '安全模式',
  'flows.state.crashed': '已放弃启动',

  'flows.start': '启动',
  'flows.stop': '停止',
  'flows.restart': '重启',
  'flows.command.failed': 'Node-RED 没有照办',

  'flows.off': '流程功能未启用',
  'flows.off.hint': '配置文件中写着 flows.enabled: false。修改后重启家规即可启用。规则不依赖流程。',

  'flows.banner.safe': 'Node-RED 处于安全模式：所有流程暂停运行',
  'flows.banner.hint.safe': '它一分钟内退出了三次。请在编辑器中修好流程并部署，流程就会恢复运行。',
  'flows.banner.run': '带流程重试',
  'flows.banner.crashed': 'Node-RED 反复退出，已不再自动启动',
  'flows.banner.hint.crashed': '家里其他一切不受影响。请先不带流程启动，修好流程后再部署。',
  'flows.banner.safely': '不带流程启动',

  'flows.about':
    '流程在 Node-RED 中绘制，用来做规则不擅长的事：审批、仪表盘、对接其他服务。它们在独立的进程中运行；进程退出时，规则和设备照常工作。',
  'flows.about.rights':
    '流程是拥有家规全部权限的代码：运行家规的系统用户能做的，流程都能做。请只部署自己看得懂的流程。',
  'flows.about.look': '你可以查看流程，只有管理员可以部署。',

  'flows.seeds': '现成的流程',
  'flows.seed.added': '已部署',
  'flows.seed.add': '添加',
  'flows.seed.settings': '设置',
  'flows.seed.open': '在编辑器中打开',
  'flows.seed.hint': '告诉它你家的情况，以后随时可以修改。',
  'flows.seed.replace': '恢复原样，手工改动将丢失',
  'flows.seed.change': '部署',
  'flows.seed.done': '已部署：{{name}}',
  'flows.seed.failed': '没有部署',

  'flows.editor.look': '你可以随意查看，只有管理员可以部署。',
  'flows.editor.small': '在大一些的屏幕上画流程更方便。',
  'flows.editor.own': '在单独的标签页中打开',
  'flows.editor.rests': 'Node-RED 没有运行',
  'flows.editor.rests.hint': '请先不带流程启动，编辑器就会出现在这里。',
  'flows.leave': '不部署就离开吗？',
  'flows.leave.hint': '编辑器中有未部署的改动，离开后会丢失。',
  'flows.leave.yes': '离开',

  'flows.version.now': '当前',
  'flows.version.nobody': '不知是谁',
  'flows.version.found': '在 Node-RED 未运行时被改动',
  'flows.version.first': '保留的最早版本',
  'flows.version.restore': '恢复',
  'flows.version.question': '恢复到版本 {{version}}？',
  'flows.version.question.hint':
    '它将代替当前的流程重新部署，当前流程仍保留在历史版本中。之后删除的节点，其凭据也一并恢复；其他节点的凭据保持现状。',
  'flows.version.restored': '版本 {{version}} 已重新部署',
  'flows.version.failed': '没有恢复',
  'flows.version.none': '还没有部署过',
  'flows.version.none.hint': '每次部署及其改动都保留在这里，最多二十次。',
  'flows.change.added': '新增',
  'flows.change.removed': '删除',
  'flows.change.changed': '修改',
} as const satisfies Translation<typeof en>;
