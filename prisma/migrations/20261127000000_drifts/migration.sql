-- What of the last outcome no other read model shows: rights, presumptions, consents, amendments, access, contents of effects.
CREATE TABLE outcome_view (
  tenant   text  NOT NULL,
  contract text  NOT NULL,
  key      text  NOT NULL,
  digest   text  NOT NULL,
  of       text  NOT NULL,
  body     jsonb NOT NULL,
  PRIMARY KEY (tenant, contract, key),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
ALTER TABLE outcome_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON outcome_view USING (tenant = current_setting('merzim.tenant', true))
  WITH CHECK (tenant = current_setting('merzim.tenant', true));

-- The same drift can be found, released and, after a way back to the engine before, be found again.
ALTER TABLE drift DROP CONSTRAINT drift_pkey;
ALTER TABLE drift ADD PRIMARY KEY (tenant, contract, found_at, engine_is);
-- A comparison is one list of lines.
UPDATE drift SET comparison = coalesce((
  SELECT json_agg(json_build_object('of', t.key, 'key', line->>'key', 'was', line->'was', 'is', line->'is'))
  FROM json_each(comparison::json) t, json_array_elements(t.value) line)::text, '[]')
WHERE comparison IS NOT NULL;

CREATE OR REPLACE FUNCTION merzim_erase(of_tenant text, of_contract text, why text) RETURNS integer
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  gone integer;
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  PERFORM 1 FROM contract WHERE tenant = of_tenant AND id = of_contract FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'contract % is not known', of_contract USING ERRCODE = 'no_data_found';
  END IF;
  PERFORM set_config('merzim.erasing', 'on', true);
  DELETE FROM payload WHERE tenant = of_tenant AND contract = of_contract;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('merzim.erasing', 'off', true);
  DELETE FROM timeline WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM restriction WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM invoice WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM ledger_entry WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM notice WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM document WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM outcome_view WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM open_case WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM message WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM access_state WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM wave WHERE tenant = of_tenant AND contract = of_contract;
  UPDATE drift SET comparison = NULL WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM act WHERE tenant = of_tenant AND contract = of_contract;
  UPDATE issued SET body = '{}' WHERE tenant = of_tenant AND contract = of_contract;
  DELETE FROM poke WHERE tenant = of_tenant AND contract = of_contract;
  UPDATE contract SET participant = NULL, salt = NULL, performance = '{}', external_id = NULL, erased_at = moment, wake_at = NULL
    WHERE tenant = of_tenant AND id = of_contract;
  INSERT INTO erasure (tenant, contract, erased_at, reason, payloads) VALUES (of_tenant, of_contract, moment, why, gone);
  RETURN gone;
END
$$;

-- A contract that is held is looked at like any other: what opens access again goes on.
CREATE OR REPLACE FUNCTION merzim_sweep(grace_ms integer, most integer) RETURNS TABLE (tenant text, contract text, why text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT c.tenant, c.id, 'head' FROM contract c WHERE c.head > c.advanced AND c.erased_at IS NULL LIMIT most)
  UNION ALL
  (SELECT c.tenant, c.id, 'wake' FROM contract c
   WHERE c.wake_at < clock_timestamp() - grace_ms * interval '1 millisecond' AND c.test_clock IS NULL LIMIT most)
  UNION ALL
  (SELECT DISTINCT a.tenant, a.contract, 'act' FROM act a JOIN contract c ON c.tenant = a.tenant AND c.id = a.contract
   WHERE (a.state = 'wanted' OR (a.state = 'claimed' AND (a.lease IS NULL OR a.lease_until < clock_timestamp())))
     AND (NOT c.held OR a.sends = 'lift') LIMIT most)
$$;
