// Node-RED: what flows are, how its process is, and what was deployed.
export const texts = {
  'flows.title': 'Flows',
  'flows.part.begin': 'Begin',
  'flows.part.editor': 'Editor',
  'flows.part.versions': 'Versions',

  'flows.state.off': 'off',
  'flows.state.stopped': 'stopped',
  'flows.state.starting': 'starting',
  'flows.state.running': 'running',
  'flows.state.safe': 'safe mode',
  'flows.state.crashed': 'given up',

  'flows.start': 'Start',
  'flows.stop': 'Stop',
  'flows.restart': 'Restart',
  'flows.command.failed': 'Node-RED did not obey',

  'flows.off': 'Flows are off',
  'flows.off.hint':
    'The configuration says flows.enabled: false. Change it there and start the house anew. Rules need no flows.',

  'flows.banner.safe': 'Node-RED runs in safe mode: all flows rest',
  'flows.banner.hint.safe':
    'It ended three times within a minute. Mend the flow in the editor and deploy; then flows run again.',
  'flows.banner.run': 'Try with flows',
  'flows.banner.crashed': 'Node-RED ended again and again, and was left alone',
  'flows.banner.hint.crashed':
    'Nothing else in the house is affected. Start it without flows, mend them, and deploy.',
  'flows.banner.safely': 'Start without flows',

  'flows.about':
    'Flows are drawn in Node-RED, for what rules do not do: approvals, dashboards, services of others. They run in a process of their own; if it ends, rules and devices go on.',
  'flows.about.rights':
    'A flow is code with the rights of the house: it can do all that the user can who runs Homerule. Deploy only what you understand.',
  'flows.about.look': 'You may look at the flows. Only administrators deploy.',

  'flows.seeds': 'Flows to begin with',
  'flows.seed.added': 'deployed',
  'flows.seed.add': 'Add',
  'flows.seed.settings': 'Settings',
  'flows.seed.open': 'Open in the editor',
  'flows.seed.hint': 'Tell it about your home. Everything can be changed later.',
  'flows.seed.replace': 'Put it back as it came; what was drawn into it by hand goes',
  'flows.seed.change': 'Deploy',
  'flows.seed.done': 'Deployed: {{name}}',
  'flows.seed.failed': 'Not deployed',

  'flows.editor.look': 'You may look around here. Only administrators deploy.',
  'flows.editor.small': 'A larger screen is better for drawing flows.',
  'flows.editor.own': 'Open in its own tab',
  'flows.editor.rests': 'Node-RED is not running',
  'flows.editor.rests.hint': 'Start it without flows first; then the editor is here.',
  'flows.leave': 'Leave without deploying?',
  'flows.leave.hint': 'Something in the editor was changed and not deployed. It would be lost.',
  'flows.leave.yes': 'Leave',

  'flows.version.now': 'current',
  'flows.version.nobody': 'nobody knows who',
  'flows.version.found': 'changed while Node-RED was away',
  'flows.version.first': 'The oldest that is kept',
  'flows.version.restore': 'Restore',
  'flows.version.question': 'Restore version {{version}}?',
  'flows.version.question.hint':
    'It is deployed in place of the current flows, which stay among the versions. What was typed into nodes that were deleted since comes back too; what the others have stays.',
  'flows.version.restored': 'Version {{version}} is deployed again',
  'flows.version.failed': 'Not restored',
  'flows.version.none': 'Nothing was deployed yet',
  'flows.version.none.hint': 'Each deploy is kept here with what it changed, the last twenty.',
  'flows.change.added': 'added',
  'flows.change.removed': 'removed',
  'flows.change.changed': 'changed',
} as const;
