// Options of mosquitto that have no key here, and what to say of each.

interface Group {
  readonly why: string;
  readonly names: readonly string[];
}

const groups: readonly Group[] = [
  {
    why: 'TLS has no such setting here',
    names: (
      'capath crlfile ciphers ciphers_tls1.3 dhparamfile tls_version tls_engine tls_engine_kpass_sha1 tls_keyform ' +
      'use_subject_as_username psk_file psk_hint'
    ).split(' '),
  },
  {
    why: 'bridges have no such setting here',
    names: (
      'bridge_attempt_unsubscribe bridge_bind_address bridge_ciphers bridge_ciphers_tls1.3 bridge_identity ' +
      'bridge_max_packet_size bridge_max_topic_alias bridge_psk bridge_receive_maximum bridge_reload_type ' +
      'bridge_require_ocsp bridge_session_expiry_interval bridge_tcp_keepalive bridge_tcp_user_timeout ' +
      'local_clientid local_cleansession'
    ).split(' '),
  },
  {
    why: 'plugins of mosquitto cannot run here; users and rules are managed with `homerule user` and `homerule acl`',
    names: ['plugin', 'auth_plugin', 'plugin_load', 'plugin_use', 'auth_plugin_deny_special_chars'],
  },
  {
    why: 'there is no such bound here; what is on its way is counted in messages (max_inflight_messages)',
    names: ['max_inflight_bytes'],
  },
  {
    why: 'the bound here is fixed',
    names: ['memory_limit', 'queue_qos0_messages', 'retain_expiry_interval'],
  },
  {
    why: 'not needed: everything acknowledged is kept at once, in the data folder',
    names: (
      'autosave_interval autosave_on_changes persistence_file persistence_location pid_file user log_dest ' +
      'log_facility log_timestamp log_timestamp_format log_type connection_messages set_tcp_nodelay sys_interval'
    ).split(' '),
  },
  {
    why: 'there is no such setting here',
    names: (
      'allow_duplicate_messages allow_zero_length_clientid auto_id_prefix bind_interface ' +
      'clientid_prefixes http_dir mount_point retain_available socket_domain upgrade_outgoing_qos ' +
      'use_username_as_clientid websockets_headers_size websockets_log_level websockets_origin'
    ).split(' '),
  },
];

const reasons: ReadonlyMap<string, string> = new Map(
  groups.flatMap(({ names, why }) => names.map((name) => [name, why] as const)),
);

/** Names that mosquitto knows and this house does not. */
export const untranslatedNames: readonly string[] = [...reasons.keys()];

/** Why an option is left out, or undefined when mosquitto itself has no such option. */
export function reasonFor(name: string): string | undefined {
  if (/^(?:auth|plugin)_opt_/.test(name)) return reasons.get('plugin');
  return reasons.get(name);
}
