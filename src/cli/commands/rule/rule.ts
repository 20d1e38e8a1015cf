// `homerule rule …`: the table of its commands.
import { apiCommand } from '../../api-command.ts';
import { listTimers, timerAbout } from '../timers.ts';
import { analyseCommand } from './analyse.ts';
import { applyCommand } from './apply.ts';
import { backtestCommand } from './backtest.ts';
import { cancelCommand } from './cancel.ts';
import { checkCommand } from './check.ts';
import { deleteCommand } from './delete.ts';
import { disableCommand, enableCommand } from './enable.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { historyCommand } from './history.ts';
import { listCommand } from './list.ts';
import { rollbackCommand } from './rollback.ts';
import { runCommand } from './run.ts';
import { promoteCommand, shadowCommand } from './shadow.ts';
import { showCommand } from './show.ts';
import { testCommand } from './test.ts';

const timersCommand = apiCommand({
  name: 'rule timers',
  about: timerAbout,
  example: 'homerule rule timers',
  run: listTimers,
});

export const ruleCommands = [
  listCommand,
  showCommand,
  applyCommand,
  checkCommand,
  analyseCommand,
  runCommand,
  explainCommand,
  testCommand,
  shadowCommand,
  promoteCommand,
  backtestCommand,
  enableCommand,
  disableCommand,
  deleteCommand,
  historyCommand,
  rollbackCommand,
  timersCommand,
  cancelCommand,
  exportCommand,
];
