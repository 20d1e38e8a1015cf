// Who did this: what led to a value.
export const texts = {
  'causes.ask': 'Who did this?',
  'causes.title': 'What led to it, the latest first',

  'cause.message': 'Message',
  'cause.report': 'Report, as it was told:',
  'cause.run': 'Run of the rule',
  'cause.hold': 'It had held long enough:',
  'cause.command': 'Told to run:',
  'cause.event': 'Event',
  'cause.device': 'Device',
  'cause.client': 'Client',
  'cause.rule': 'Rule',
  'cause.webhook': 'Webhook',

  'causes.end.client': 'It came from {{by}}, a device or program.',
  'causes.end.person': 'It was {{by}}, by hand or with a token.',
  'causes.end.bridge': 'It came over the bridge {{by}}.',
  'causes.end.plugin': 'It came from the plugin {{by}}.',
  'causes.end.flow': 'It came from the flow {{by}}.',
  'causes.end.webhook': 'Somebody outside called the webhook {{by}}.',
  'causes.end.time': 'It was time.',
  'causes.end.house': 'The house itself did it.',
  'causes.lost.not-recorded': 'What was before it is not on record.',
  'causes.lost.run-forgotten': 'The run before it is no longer kept.',
  'causes.lost.too-long': 'The chain goes on; no more of it is followed.',
} as const;
