-- Undoings of one advance that were too many at once: they wait for a person. The others of the contract go on.
CREATE TABLE wave (
  tenant      text        NOT NULL,
  contract    text        NOT NULL,
  found_at    timestamptz NOT NULL,
  -- JSON: what was to be undone, in the words of the steps.
  undoings    text        NOT NULL,
  released_at timestamptz,
  released_by text,
  PRIMARY KEY (tenant, contract, found_at),
  FOREIGN KEY (tenant, contract) REFERENCES contract (tenant, id)
);
ALTER TABLE contract ADD COLUMN paused boolean NOT NULL DEFAULT false;

-- How many undoings a tenant's contracts on the real clock began in an hour of the database's clock.
CREATE TABLE undo_count (
  tenant text        NOT NULL REFERENCES tenant (id),
  hour   timestamptz NOT NULL,
  value  integer     NOT NULL,
  PRIMARY KEY (tenant, hour)
);

-- JSON: what the read models said before, beside what they would say now.
ALTER TABLE drift ADD COLUMN comparison text;

ALTER TABLE wave ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON wave USING (tenant = current_setting('merzim.tenant', true))
  WITH CHECK (tenant = current_setting('merzim.tenant', true));
ALTER TABLE undo_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON undo_count USING (tenant = current_setting('merzim.tenant', true))
  WITH CHECK (tenant = current_setting('merzim.tenant', true));

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

-- Whose heads are to be signed: the worker serves all tenants.
CREATE FUNCTION merzim_tenants() RETURNS TABLE (tenant text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM tenant t ORDER BY t.id
$$;
REVOKE EXECUTE ON FUNCTION merzim_tenants() FROM PUBLIC;
