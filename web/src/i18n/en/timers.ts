// What will happen by itself.
export const texts = {
  'timers.title': 'Pending',
  'timers.more': 'Show {{count}} more',
  'timers.fire': 'Now',
  'timers.cancel': 'Never',
  'timers.run': 'waits: {{verb}}{{about}}',
  'timers.schedule': 'scheduled: {{verb}}{{about}}',
  'timers.hold': 'has to hold: {{verb}} {{about}}',
  'timers.silence': 'unless something is heard of {{about}}{{verb}}',
} as const;
