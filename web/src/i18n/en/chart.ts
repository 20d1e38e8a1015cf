// Charts.
export const texts = {
  'chart.table': 'As a table',
  'chart.time': 'Time',
  'chart.value': 'Value',
  'chart.of': '{{name}} over time',
  'chart.none': 'Nothing was kept of it in this time.',
  'chart.span': 'Time shown',
  'chart.span.hour': '1 hour',
  'chart.span.day': '1 day',
  'chart.span.week': '1 week',
} as const;
