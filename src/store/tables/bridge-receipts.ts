// Table `bridge_receipts`: QoS 2 messages of remote brokers that we have and they have not released yet.
import type { BridgeReceiptRow } from '../../bridges/index.ts';
import type { TableSpec } from './spec.ts';

/** As `receiptKey` of the bridges writes it; a bridge's name holds no space. */
const keyOf = ({ bridge, packetId }: BridgeReceiptRow): string => `${packetId} ${bridge}`;

export const bridgeReceiptsTable: TableSpec<BridgeReceiptRow> = {
  name: 'bridge_receipts',
  schema: `CREATE TABLE bridge_receipts (
    bridge TEXT NOT NULL,
    packet_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (bridge, packet_id)
  ) STRICT, WITHOUT ROWID;`,
  columns: ['bridge', 'packet_id', 'address'],
  keyColumns: ['bridge', 'packet_id'],
  reads: {},
  lazy: 'deletes',
  key: keyOf,
  keyValues: (key) => {
    const [packetId = '', bridge = ''] = key.split(' ');
    return [bridge, Number(packetId)];
  },
  values: (row) => [row.bridge, row.packetId, row.address],
  row: (fields) => ({ bridge: fields.text(), packetId: fields.number(), address: fields.text() }),
  bytes: (row) => row.bridge.length + row.address.length + 80,
};
