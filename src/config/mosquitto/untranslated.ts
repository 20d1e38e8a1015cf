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
    why: 'bridges are not translated yet',
    names: (
      'connection address addresses topic cleansession clientid idle_timeout keepalive_interval local_clientid ' +
      'local_cleansession local_password local_username notification_topic notifications notifications_local_only ' +
      'password remote_clientid remote_password remote_username restart_timeout round_robin start_type threshold ' +
      'try_private username'
    ).split(' '),
  },
  {
    why: 'plugins of mosquitto cannot run here; users and rules are managed with `homerule user` and `homerule acl`',
    names: ['plugin', 'auth_plugin', 'plugin_load', 'plugin_use', 'auth_plugin_deny_special_chars'],
  },
  {
    why: 'the limit here is fixed for now',
    names: (
      'max_connections max_inflight_bytes max_inflight_messages max_keepalive max_queued_bytes max_queued_messages ' +
      'max_topic_alias max_topic_alias_broker memory_limit message_size_limit max_qos queue_qos0_messages ' +
      'persistent_client_expiration retain_expiry_interval maximum_qos'
    ).split(' '),
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
      'allow_duplicate_messages allow_zero_length_clientid auto_id_prefix bind_interface check_retain_source ' +
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
  if (name.startsWith('bridge_')) return reasons.get('connection');
  if (/^(?:auth|plugin)_opt_/.test(name)) return reasons.get('plugin');
  return reasons.get(name);
}
