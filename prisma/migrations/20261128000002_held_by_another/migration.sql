-- A hold is of the engine that was compared. Where another one runs, it is looked at anew, though nothing else happens to the contract.
CREATE INDEX contract_held ON contract (tenant, id) WHERE held;

-- In any order: those that go on being held must not stand before the others.
CREATE FUNCTION merzim_held_by_another(version text, most integer) RETURNS TABLE (tenant text, contract text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant, c.id FROM contract c
  WHERE c.held AND c.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM drift d
      WHERE d.tenant = c.tenant AND d.contract = c.id AND d.released_at IS NULL AND d.engine_is = version)
  ORDER BY random() LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION merzim_held_by_another(text, integer) FROM PUBLIC;
